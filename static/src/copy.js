// Buttons that only make sense with a script: they are hidden in the page and shown here.

/** `<button data-copy="id of the text" data-copied="Copied" hidden>` */
function copyButton(button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

/** `<button data-print hidden>` */
function printButton(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

export function copyButtons(root) {
  root.querySelectorAll("button[data-copy]").forEach(copyButton);
  root.querySelectorAll("button[data-print]").forEach(printButton);
}
