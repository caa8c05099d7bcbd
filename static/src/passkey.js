// Passkeys, where the browser knows them. Without this script its buttons stay hidden, and a link by e-mail does.
//
// <div data-passkey="get | create" data-options="…" data-finish="…" data-token="…" hidden>
//   <button type="button">…</button> <p role="status" data-stopped="…" data-failed="…"></p>
// </div>
// data-then="id": the form that is sent afterwards in place of going to another page.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(options) {
  const ids = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: ids(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: ids(options.allowCredentials) }),
  };
}

function withText(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]));
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: said };
}

async function post(address, token, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { problem: said.problem });
  return said;
}

class PasskeyButton {
  constructor(box) {
    this.box = box;
    this.status = box.querySelector("[role=status]");
    this.button = box.querySelector("button");
    this.button.addEventListener("click", () => this.press());
    box.hidden = false;
  }

  async press() {
    this.button.disabled = true;
    this.status.textContent = "";
    try {
      this.goOn(await this.prove());
    } catch (error) {
      // Whoever changes their mind has made no mistake.
      const stopped = error.name === "NotAllowedError" || error.name === "AbortError";
      this.status.textContent = error.problem ?? this.status.dataset[stopped ? "stopped" : "failed"];
    } finally {
      this.button.disabled = false;
    }
  }

  async prove() {
    const { passkey, options, finish, token } = this.box.dataset;
    const publicKey = withBytes(await post(options, token, {}));
    const credential = await navigator.credentials[passkey]({ publicKey });
    return post(finish, token, withText(credential));
  }

  goOn(said) {
    const form = document.getElementById(this.box.dataset.then ?? "");
    if (!form) return location.assign(said.next);
    form.elements.csrf_token.value = said.token;
    form.requestSubmit();
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("[data-passkey]").forEach((box) => new PasskeyButton(box));
}
