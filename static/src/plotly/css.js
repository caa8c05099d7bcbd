// The stylesheet that goes with Plotly: its own rules, which it would otherwise write into a <style> that our content
// security policy refuses, then ours. `node static/src/plotly/css.js [FILE]` prints it or writes it.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Plotly's rules, in the order a browser would have them: its loader hands each new one in before the others. */
function rules() {
  const found = [];
  const lib = require.resolve("plotly.js/src/lib");
  const kept = require.cache[lib];
  const addStyleRule = (selector, style) => found.unshift(`${selector}{${style}}`);
  require.cache[lib] = { id: lib, filename: lib, loaded: true, exports: { addStyleRule } };
  try {
    require("plotly.js/build/plotcss");
  } finally {
    delete require.cache[lib];
    if (kept) require.cache[lib] = kept;
  }
  if (!found.length) throw new Error("plotly.js/build/plotcss no longer calls Lib.addStyleRule: see what it does now");
  return found;
}

export async function css() {
  const ours = await readFile(new URL("plot.css", import.meta.url), "utf8");
  return `${rules().join("\n")}\n${ours}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  await (file ? writeFile(file, await css()) : process.stdout.write(await css()));
}
