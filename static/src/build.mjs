// Builds static/dist from static/src: plain names for people, hashed names (with .br and .gz beside them) for browsers,
// and manifest.json from one to the other. Nothing is compressed while serving.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const SRC = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.join(SRC, "../..");
const DIST = path.join(SRC, "../dist");

// GOV.UK's own typeface and pictures may be used on GOV.UK only; an address in the stylesheet would be a request elsewhere.
const FORBIDDEN = [/GDS/, /url\(\s*["']?(?!data:)/, /@import/, /@font-face/];

function stylesheet() {
  const { css } = compile(path.join(SRC, "main.scss"), {
    style: "compressed",
    loadPaths: [path.join(ROOT, "node_modules")],
  });
  for (const pattern of FORBIDDEN) if (pattern.test(css)) throw new Error(`main.css must not contain ${pattern}`);
  return css;
}

async function script(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [path.join(SRC, entry)],
    bundle: true,
    minify: true,
    write: false,
    target: "es2020",
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].text;
}

/** Plotly writes its rules into a <style>, which the content security policy forbids: they become a file. */
async function plotly() {
  const { css } = await import(pathToFileURL(path.join(SRC, "plotly/css.js")));
  return {
    "plotly.js": await script("plotly/bundle.js", {
      format: "iife",
      globalName: "Plotly",
      define: { global: "window" },
      loader: { ".css": "empty" },
    }),
    "draw.js": await script("plotly/draw.js", { format: "iife" }),
    "plotly.css": typeof css === "function" ? await css() : css,
  };
}

async function assets() {
  return {
    "main.css": stylesheet(),
    "main.js": await script("main.js", { format: "esm" }),
    "passkey.js": await script("passkey.js", { format: "esm" }),
    "alone.js": await script("alone.js", { format: "esm" }),
    "mark.svg": await readFile(path.join(SRC, "mark.svg"), "utf8"),
    ...(existsSync(path.join(SRC, "plotly/bundle.js")) ? await plotly() : {}),
  };
}

function hashed(name, content) {
  const { name: stem, ext } = path.parse(name);
  return `${stem}.${createHash("sha256").update(content).digest("hex").slice(0, 8)}${ext}`;
}

async function put(name, text) {
  const content = Buffer.from(text);
  const served = hashed(name, content);
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, best), promisify(gzip)(content, { level: 9 })]);
  const files = { [name]: content, [served]: content, [`${served}.br`]: br, [`${served}.gz`]: gz };
  await Promise.all(Object.entries(files).map(([file, data]) => writeFile(path.join(DIST, file), data)));
  console.log(`${name.padEnd(11)} ${String(content.length).padStart(8)} B ${String(gz.length).padStart(7)} gz ${String(br.length).padStart(7)} br`);
  return [name, served];
}

const made = await assets();
await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const manifest = Object.fromEntries(await Promise.all(Object.entries(made).map(([name, text]) => put(name, text))));
await writeFile(path.join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
