// What scripts add to pages that work without them: GOV.UK components, focus and titles after a swap, and saving that says when it fails.
import { initAll } from "./vendor/govuk-frontend.min.js";
import "./files.js";

const AGAIN_MS = 10_000;
const LOST = "Not saved. Keep this page open: we will try again.";
const OFFLINE = "Not saved, because you are offline. Keep this page open: we will try again when you are back online.";
const SIGNED_OUT = "You have been signed out, so your last change is not saved. Keep this page open and sign in again in a new tab: we will then save it.";
const REFUSED = "Not saved. Copy what you wrote, then load this page again.";
const UNANSWERED = "That did not work. Check your connection, then try again.";

const unsaved = new Set(); // questions whose last save failed
const typing = new Set(); // questions changed since their last save began
const settled = new WeakSet(); // requests whose new content has been looked at
let leaving = false; // a form is being sent: nothing is lost by going
let retry;
const narrow = window.matchMedia("(max-width: 640px)");
narrow.addEventListener("change", () => fold(document));

const question = (element) => element.closest?.("[data-autosave]");

function say(text) {
  const region = document.getElementById("announce");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 100);
}

function status(element, text) {
  const line = element.querySelector(".saved__text");
  if (line) line.textContent = text;
}

function trouble(text) {
  const banner = document.getElementById("trouble");
  banner.hidden = !text;
  if (text && banner.textContent !== text) say(text);
  banner.firstElementChild.textContent = text;
}

function focus(element) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus();
}

// On a narrow screen search and choices stand folded above what they find, unless something is chosen.
function fold(scope) {
  for (const box of scope.querySelectorAll("[data-folds]")) box.open = !narrow.matches || box.hasAttribute("data-chosen");
}

async function awaken(scope) {
  initAll({ scope });
  fold(scope);
  for (const box of scope.querySelectorAll(".scroll")) {
    if (box.scrollWidth <= box.clientWidth) continue;
    const name = box.querySelector("caption")?.textContent.trim() ?? "Table";
    for (const [key, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": name })) box.setAttribute(key, value);
  }
  if (scope.querySelector(".wording__label")) (await import("./dragging.js")).dragIn(scope);
  if (scope.querySelector("select[data-searched]")) (await import("./searching.js")).searchIn(scope);
  if (scope.querySelector('[data-module^="moj-"]')) (await import("./vendor/moj-frontend.min.js")).initAll({ scope });
}

// After a swap: components, what is announced, the title, and where the focus goes. Small saves leave the focus alone.
document.addEventListener("htmx:load", ({ detail }) => detail.elt !== document.body && awaken(detail.elt));

document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (target.closest("form")) follow(target.closest("form"));
  if (!detail.xhr || settled.has(detail.xhr) || target.id !== detail.target.id) return; // what comes out of band only keeps company
  settled.add(detail.xhr);
  const asked = detail.requestConfig.elt;
  const moved = asked.getAttribute("hx-push-url") === "true";
  const summary = target.querySelector(".govuk-error-summary");
  const heading = target.querySelector("h1");
  const added = asked.getAttribute("hx-swap") === "beforeend"; // one more among others: the cursor is put into it
  const news = added ? null : target.matches("[data-announce]") ? target : target.querySelector("[data-announce]");
  if (news) say(news.dataset.announce || news.textContent.trim());
  const fields = added ? target.lastElementChild : asked.matches("button") && document.activeElement === document.body && question(target);
  if (fields) fields.querySelector("input:not([type=hidden]), select, textarea")?.focus(); // into a new line; not nowhere when a button has gone
  if (!moved && !summary) return;
  const title = target.querySelector("template[data-title]")?.dataset.title ?? document.title;
  document.title = (summary ? "Error: " : "") + title.replace(/^Error: /, "");
  if (summary || heading) focus(summary ?? heading);
  else if (asked.closest("nav") || document.activeElement === document.body) focus(target);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  // Leaving a field whose text is saved or on its way sends nothing: the answer could take away the button that is being pressed.
  if (elt.matches("[data-autosave]") && !typing.has(elt) && !unsaved.has(elt)) return event.preventDefault();
  target.setAttribute("aria-busy", "true");
  typing.delete(question(elt));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target.removeAttribute("aria-busy");
  if (detail.successful) unsaved.delete(question(detail.elt));
  if (detail.successful && !unsaved.size) trouble("");
});

// Saving while typing: each question sends its own fields and the form's token, nothing else.
function only(element, data) {
  for (const name of [...new Set(data.keys())]) {
    if (name !== "csrf_token" && !element.querySelector(`[name="${CSS.escape(name)}"]`)) data.delete(name);
  }
  return data;
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (question(detail.elt)) only(question(detail.elt), detail.formData);
  if (detail.verb === "get") for (const [name, value] of [...detail.formData]) if (!value) detail.formData.delete(name); // a short address
});

document.addEventListener("input", ({ target }) => {
  const element = question(target);
  if (element && typing.add(element)) status(element, "Saving…");
});

// Questions that wait for another answer come and go at once, as they do on the server when the page is saved.
function holds(wish, said) {
  if (wish.all) return wish.all.every((part) => holds(part, said));
  if (wish.any) return wish.any.some((part) => holds(part, said));
  if ("holds" in wish) return wish.holds;
  const hidden = document.getElementById(`question-${wish.question}`).closest("[hidden]");
  const workedOut = document.getElementById(`figure-${wish.question}`)?.dataset.value;
  const given = workedOut === undefined ? said.getAll(`answer-${wish.question}`) : [workedOut];
  const values = hidden ? [] : given.filter((value) => typeof value === "string" && value.trim());
  const figure = values.length ? Number(values[0].replace(/[£,%\s]/g, "")) : NaN;
  const tests = {
    is: (choices) => values.some((value) => choices.includes(value)),
    is_not: (choices) => values.length > 0 && !values.some((value) => choices.includes(value)),
    answered: (answered) => values.length > 0 === answered,
    at_least: (least) => figure >= least,
    at_most: (most) => figure <= most,
  };
  return Object.entries(wish).every(([name, value]) => !tests[name] || tests[name](value));
}

function follow(form) {
  const said = new FormData(form);
  let come = false;
  for (const place of form.querySelectorAll("[data-shown-when]")) {
    const wanted = holds(JSON.parse(place.dataset.shownWhen), said);
    come ||= wanted && place.hidden;
    place.hidden = !wanted;
  }
  if (come) say("More questions follow this one.");
}

document.addEventListener("change", ({ target }) => target.form && follow(target.form));
window.addEventListener("pageshow", () => [...document.forms].forEach(follow));

function failed(element, code) {
  if (!question(element)) return trouble(UNANSWERED);
  const final = code >= 402 && code < 500 && code !== 429;
  unsaved.add(question(element));
  status(question(element), "Not saved");
  trouble(final ? REFUSED : code === 401 ? SIGNED_OUT : navigator.onLine ? LOST : OFFLINE);
  clearTimeout(retry);
  if (!final) retry = setTimeout(again, AGAIN_MS, code);
}

async function again(code) {
  if (code === 400 || code === 401) await freshToken().catch(() => {});
  for (const element of unsaved) window.htmx.trigger(element, "change");
}

// Signing in again changes the token that forms carry: take it from this same page as it is served now.
async function freshToken() {
  const reply = await fetch(window.location.href);
  if (reply.redirected || !reply.ok) return;
  const token = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("main [name=csrf_token]");
  for (const field of token ? document.querySelectorAll("[name=csrf_token]") : []) field.value = token.value;
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, ({ detail }) => failed(detail.elt, detail.xhr?.status ?? 0));
}
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail;
  if (!question(elt) || !/^hx-(redirect|retarget):/im.test(xhr.getAllResponseHeaders())) return;
  event.preventDefault(); // going to sign in, or to a page of the problem, would lose what was typed
  failed(elt, xhr.status);
});
window.addEventListener("online", () => again(0));

// Leaving: warn while a save has failed; send on what was typed in the last second.
window.addEventListener("beforeunload", (event) => unsaved.size && !leaving && event.preventDefault());
window.addEventListener("pagehide", () => {
  for (const element of leaving ? [] : typing) {
    navigator.sendBeacon(element.getAttribute("hx-post"), only(element, new FormData(element.closest("form"))));
  }
});

// A form is sent once, after the saves that are on their way, and asked about where its button says so.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  if (form.querySelector("[data-autosave].htmx-request")) {
    document.addEventListener("htmx:afterRequest", () => setTimeout(() => form.requestSubmit(event.submitter)), { once: true });
    return stop();
  }
  if (form.dataset.sent) return stop();
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return stop();
  if (form.getAttribute("method") !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset.sent = "yes";
  leaving = true;
  setTimeout(() => { delete form.dataset.sent; leaving = false; }, 5000);
}, true);

// Two minutes before the sign-in ends, one key keeps it. Whatever the page asks for in the meantime keeps it too.
const expiry = document.getElementById("expiry");
const WARN_MS = 120_000;

function watchSignIn() {
  const others = new BroadcastChannel("sign-in"); // other pages of the same browser
  const seenEvery = 60; // the server notes no oftener that somebody was there
  const lastAt = Date.now() + Number(expiry.dataset.most) * 1000; // however busy
  let endsAt = 0;
  const ends = (seconds, tell = true) => {
    endsAt = Math.min(Date.now() + seconds * 1000, lastAt);
    if (tell) others.postMessage(seconds);
    if (expiry.open && endsAt - Date.now() > WARN_MS) expiry.close();
  };
  const renew = async () => {
    const reply = await fetch(expiry.querySelector("a").href).catch(() => null);
    const found = reply?.ok && new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("expiry");
    expiry.close();
    if (!found) return trouble(SIGNED_OUT);
    ends(Number(found.dataset.seconds));
    say("You stay signed in.");
  };
  ends(Number(expiry.dataset.seconds));
  others.addEventListener("message", ({ data }) => ends(data, false));
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && !detail.requestConfig.headers["X-Polling"]) ends(Number(expiry.dataset.idle) - seenEvery);
  });
  expiry.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); renew(); });
  setInterval(() => { if (!expiry.open && endsAt - Date.now() <= WARN_MS && endsAt > Date.now()) expiry.showModal(); }, 1000);
}

if (expiry) watchSignIn();

awaken(document);
