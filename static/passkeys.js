// Making and using a passkey: hands the page's question to the device, and its answer to the form. Without it the form says what to do instead.

const form = document.querySelector("form[data-passkey]");
const trouble = form.querySelector("[data-passkey-trouble]");
form.querySelector("[data-passkey-off]").hidden = true;
const MAKING = form.dataset.passkey === "create";
const TROUBLES = {
  NotAllowedError: MAKING ? "No passkey was made, or it took too long. Try again." : "No passkey was chosen, or it took too long. Try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address of the service.",
  NotSupportedError: "This device cannot keep passkeys. Try another one, or a security key.",
};
const OTHER = "Your browser could not do this. Try another browser or device.";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function question() {
  const asked = JSON.parse(form.dataset.options);
  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  const publicKey = { ...asked, challenge: bytes(asked.challenge) };
  if (MAKING) Object.assign(publicKey, { user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: known(asked.excludeCredentials) });
  else publicKey.allowCredentials = known(asked.allowCredentials);
  return { publicKey };
}

// Every part that an answer has is bytes: which parts those are depends on what was asked.
function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function ask() {
  trouble.hidden = true;
  try {
    if (!navigator.credentials) throw new DOMException("", "SecurityError");
    const credential = await navigator.credentials[MAKING ? "create" : "get"](question());
    form.elements.credential.value = answer(credential);
    form.submit();
  } catch (problem) {
    delete form.dataset.sent; // it may be sent again at once
    trouble.textContent = TROUBLES[problem.name] ?? OTHER;
    trouble.hidden = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.elements.name && !form.elements.name.value.trim()) form.submit(); // the page says what is missing, before the device is asked
  else ask();
});
if ("passkeyNow" in form.dataset) form.requestSubmit();
