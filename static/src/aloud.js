// Reads a page with the browser's own voice. Nothing is sent anywhere: only voices of this device are used.

const READ = "h1, h2, p, legend, label, .govuk-hint, .govuk-radios__hint";

/** What is read, in order: headings, sentences and answers, each once. */
function sentences(root) {
  const found = [...root.querySelectorAll("[data-aloud-text]")].flatMap((part) =>
    part.matches(READ) ? [part] : [...part.querySelectorAll(READ)],
  );
  const outermost = found.filter((one) => !found.some((other) => other !== one && other.contains(one)));
  return outermost.map((one) => one.innerText.trim()).filter(Boolean);
}

function voiceFor(language) {
  const spoken = language.split("-")[0].toLowerCase();
  const own = speechSynthesis.getVoices().filter((one) => one.localService && one.lang.toLowerCase().startsWith(spoken));
  return own.find((one) => one.lang.replace("_", "-").toLowerCase() === language.toLowerCase()) ?? own[0];
}

function speak(root, voice, done) {
  const texts = sentences(root);
  texts.forEach((text, i) => {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = document.documentElement.lang;
    said.voice = voice;
    said.rate = 0.95;
    if (i === texts.length - 1) said.onend = done;
    said.onerror = done;
    speechSynthesis.speak(said);
  });
}

function button(root, place, voice) {
  const press = place.querySelector("button");
  const start = press.textContent;
  const atRest = () => {
    press.textContent = start;
  };
  place.hidden = false;
  press.addEventListener("click", () => {
    const reading = press.textContent !== start;
    speechSynthesis.cancel();
    atRest();
    if (reading) return;
    press.textContent = press.dataset.stop;
    speak(root, voice, atRest);
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}

/** `<p data-aloud hidden><button data-stop="Stop reading">` and, anywhere, `data-aloud-text` around what is read. */
export function readAloud(root) {
  const place = root.querySelector("[data-aloud]");
  if (!place || !("speechSynthesis" in window)) return;
  const show = () => {
    const voice = place.hidden && voiceFor(document.documentElement.lang);
    if (voice) button(root, place, voice);
  };
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show); // voices come late in some browsers
}
