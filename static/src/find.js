// The organisation box: the server sends the same list of radios that it would put in the page after "Find".

const PAUSE = 250; // ms without a key before we ask
const FEWEST = 2; // letters

function chosen(results) {
  return results.querySelector("input:checked")?.value;
}

function show(box, html) {
  const results = box.querySelector("[data-find-results]");
  const before = chosen(results);
  results.innerHTML = html;
  for (const radio of results.querySelectorAll("input[type=radio]")) radio.checked ||= radio.value === before;
  box.querySelector("[data-find-status]").textContent = results.querySelector("[data-say]")?.dataset.say ?? "";
}

async function ask(box, words, signal) {
  const address = new URL(box.dataset.find, location.href);
  address.searchParams.set("q", words);
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}

class FindBox {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input[type=text], input[type=search]");
    this.button = box.querySelector("button");
    this.input.addEventListener("input", () => this.wait());
    this.button.addEventListener("click", (event) => this.find(event));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look().catch(() => {}), PAUSE);
  }

  /** Newest question wins: an older answer that arrives late is dropped. */
  async look() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = new AbortController();
    const words = this.input.value.trim();
    show(this.box, words.length < FEWEST ? "" : await ask(this.box, words, this.asking.signal));
  }

  /** Find, or Enter in the box. When the server cannot be asked this way, the form is posted as without a script. */
  async find(event) {
    if (this.input.value.trim().length < FEWEST || this.posting) return;
    event.preventDefault();
    try {
      await this.look();
      this.box.querySelector("[data-find-results] input")?.focus();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.posting = true;
      this.button.form.requestSubmit(this.button);
    }
  }
}

export function findBoxes(root) {
  root.querySelectorAll("[data-find]").forEach((box) => new FindBox(box));
}
