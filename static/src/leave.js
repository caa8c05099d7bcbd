// "Leave this page quickly": the page is gone at once, and the way back leads nowhere.

async function leave(form) {
  document.body.hidden = true;
  document.title = "";
  const gone = new Promise((done) => setTimeout(done, 1500));
  const forgotten = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true });
  await Promise.race([forgotten.catch(() => {}), gone]);
  location.replace(form.dataset.leave);
}

/** `<form data-leave="/">`, which works without a script too */
export function leaveQuickly(root) {
  for (const form of root.querySelectorAll("form[data-leave]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave(form);
    });
  }
}
