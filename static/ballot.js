// The ballot is filled in, read through and sealed on the voter's own device: the server gets a closed envelope.
// Without this script, or in a browser without WebCrypto, the same forms post the choice and the server seals it.

const booth = document.getElementById("booth");
const words = booth.dataset;
const problem = document.getElementById("problem");
const filling = document.getElementById("filling");
const manifest = JSON.parse(words.manifest);
const names = Object.fromEntries(manifest.candidates.map(({ id, name }) => [id, name]));

// On a tablet that is passed around, the page that a browser kept in memory was the last person's.
if ("forget" in words) addEventListener("pageshow", (event) => event.persisted && location.reload());

let seal, hpke;
let ranking = [];

function take_over() {
  for (const each of document.querySelectorAll("[data-sealed-by]")) each.hidden = each.dataset.sealedBy !== "device";
  if (manifest.method === "ranked") rank();
  filling.addEventListener("input", ({ target }) => (problem.replaceChildren(), unmark(target)));
  filling.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "act") return; // a button of the ranking
    const ballot = event.target.elements.blank ? { blank: true } : filled_in(event.target);
    if (ballot) review(ballot);
  });
}

// ---- filling in

function rank() {
  const form = document.getElementById("ranking");
  ranking = Array.from(form.querySelectorAll("[name='chosen[]']"), (field) => field.value);
  form.addEventListener("click", ({ target }) => {
    const [verb, id] = (target.closest("[name=act]")?.value ?? "").split(":");
    const at = ranking.indexOf(id);
    if (verb === "toggle") at < 0 ? ranking.push(id) : ranking.splice(at, 1);
    else if (verb === "clear") ranking = [];
    else if (verb === "up" && at > 0) [ranking[at - 1], ranking[at]] = [id, ranking[at - 1]];
    else if (verb === "down" && at >= 0 && at < ranking.length - 1) [ranking[at + 1], ranking[at]] = [id, ranking[at + 1]];
    else return;
    problem.replaceChildren();
    show_ranking();
    document.getElementById(`${verb}-${id}`)?.focus();
    say(verb, id);
  });
  show_ranking();
}

function show_ranking() {
  for (const { id } of manifest.candidates) {
    const button = document.getElementById(`toggle-${id}`), at = ranking.indexOf(id);
    button.setAttribute("aria-pressed", String(at >= 0));
    button.querySelector(".place").textContent = at < 0 ? "" : at + 1;
  }
  const list = document.querySelector(".order");
  const rows = ranking.map((id, at) => {
    const row = copy_of("order-row");
    row.querySelector("span").textContent = names[id];
    for (const button of row.querySelectorAll("button")) {
      const verb = button.value;
      button.value = `${verb}:${id}`;
      button.id = `${verb}-${id}`;
      button.lastElementChild.textContent += `: ${names[id]}`;
      if (at === (verb === "up" ? 0 : ranking.length - 1)) button.setAttribute("aria-disabled", "true");
    }
    return row;
  });
  list.replaceChildren(...rows);
  document.getElementById("in-order").hidden = ranking.length < 2;
  document.getElementById("clear").hidden = !ranking.length;
}

function say(verb, id) {
  const at = ranking.indexOf(id);
  document.getElementById("said").textContent =
    verb === "clear" ? words.saidEmpty
    : at < 0 ? words.saidOut.replace("{name}", names[id])
    : words.saidPlace.replace("{n}", at + 1).replace("{name}", names[id]);
}

/** What the form holds, as it is sealed; nothing, with a message, when something is missing. */
function filled_in(form) {
  if (manifest.method === "score") {
    const scores = {};
    for (const field of form.querySelectorAll("select")) {
      const [, candidate, criterion] = field.name.split("-");
      if (field.value === "") return void mark(field, words.missingPoints);
      (scores[candidate] ??= {})[criterion] = Number(field.value);
    }
    return { scores };
  }
  const ids = manifest.method === "ranked" ? ranking : Array.from(form.querySelectorAll("input:checked"), (field) => field.value);
  if (!ids.length) return void tell(words.missing);
  return { single: { choice: ids[0] }, approval: { approve: [...ids].sort() }, ranked: { ranking: ids } }[manifest.method];
}

// ---- reading through, and casting

function review(ballot) {
  problem.replaceChildren();
  const page = copy_of("review-page");
  const ids = ballot.ranking ?? ballot.approve ?? (ballot.choice ? [ballot.choice] : []);
  page.querySelector(".choices").replaceChildren(...ids.map((id) => text("li", names[id])));
  for (const part of page.querySelectorAll("[data-when]")) {
    part.hidden = !{
      blank: ballot.blank,
      chosen: ids.length,
      partial: ballot.ranking && ids.length < manifest.candidates.length,
      points: ballot.scores,
    }[part.dataset.when];
  }
  for (const [id, given] of Object.entries(ballot.scores ?? {})) {
    const row = text("div", "");
    row.className = "keyed";
    const points = Object.entries(given).map(([criterion, n]) => {
      const label = document.querySelector(`label[for="points-${id}-${criterion}"]`).textContent;
      return text("p", `${label}: ${n}`);
    });
    row.append(text("dt", names[id]), text("dd", ""));
    row.lastChild.append(...points);
    page.querySelector(".rows").append(row);
  }
  // Sealed once: sent again after a lost answer, the same envelope gives the same receipt.
  const envelope = seal.seal(hpke, words.manifest, ballot);
  const by_touch = page.querySelector("[data-by-touch]");
  if (by_touch) by_touch.hidden = !globalThis.PublicKeyCredential;
  page.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, envelope, event.submitter);
  });
  page.querySelector("[data-back]").addEventListener("click", () => history.back());
  filling.hidden = true;
  filling.after(page);
  history.pushState(null, "", "#gennemsyn");
  addEventListener("popstate", () => {
    page.remove();
    problem.replaceChildren();
    filling.hidden = false;
    filling.querySelector("h1").focus();
  }, { once: true });
  scrollTo(0, 0);
  page.querySelector("h1").focus();
}

async function send(form, envelope, button) {
  button.disabled = true;
  problem.replaceChildren();
  try {
    const { outer, t1, manifest: hash } = await envelope;
    const fields = { outer: seal.base64(outer), t1, expects: words.seq, poll: manifest.poll };
    const code = form.elements.proof;
    if ("byTouch" in button.dataset) {
      fields.proof = await touched(t1);
      if (!fields.proof) return;
    } else if (code && !code.closest("[hidden]") && !(await proven(code, button))) return;
    const answer = await post(words.cast, fields);
    if (!answer.headers.get("Content-Type")?.includes("json")) return await show(answer);
    const receipt = await answer.json();
    if (receipt.t1 !== t1 || receipt.manifest !== hash || receipt.poll !== manifest.poll) return tell(words.altered);
    remember(t1);
    location.replace(words.receipt);
  } catch {
    tell(words.offline);
  } finally {
    button.disabled = false;
  }
}

/** A touch of the saved device, which signs just this envelope. */
async function touched(t1) {
  try {
    return await (await import(words.passkeys)).prove(t1);
  } catch {
    tell(words.untouched);
  }
}

/** Proves who the voter is, in a request of its own that knows nothing of the ballot. */
async function proven(code, button) {
  const answer = await post(words.prove, { proof: code.value, demonstration: button.dataset.demonstration ?? "" });
  if (answer.ok) {
    code.closest(".field").hidden = true;
    return true;
  }
  if (answer.status !== 422) return void (await show(answer));
  mark(code, (await answer.json()).message);
  return false;
}

/** For the ballot box, which shows after the close that the envelope lies in it: on the voter's own device only. */
function remember(t1) {
  if ("forget" in words) return;
  try {
    localStorage.setItem(`stemme:${manifest.poll}`, t1);
  } catch {} // storage that is switched off remembers nothing
}

const post = (address, fields) =>
  fetch(address, {
    method: "POST",
    headers: { "HX-Request": "true", Accept: "application/json" },
    body: new URLSearchParams(fields),
  });

/** The server's own words about what went wrong. */
async function show(answer) {
  problem.innerHTML = await answer.text();
  problem.scrollIntoView();
}

/** Says at a field what is wrong with it, until it is changed. */
function mark(field, message) {
  unmark(field);
  const wrong = text("p", message);
  wrong.className = "error";
  wrong.id = `${field.id}-error`;
  field.before(wrong);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${wrong.id}`.trim());
  field.setAttribute("aria-invalid", "true");
  field.closest(".field").classList.add("invalid");
  field.focus();
}

function unmark(field) {
  const wrong = document.getElementById(`${field.id}-error`);
  if (!wrong) return;
  wrong.remove();
  const left = field.getAttribute("aria-describedby").replace(wrong.id, "").trim();
  left ? field.setAttribute("aria-describedby", left) : field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
  field.closest(".field").classList.remove("invalid");
}

function tell(message) {
  const notice = text("div", "");
  notice.className = "notice warn";
  notice.append(text("p", message));
  problem.replaceChildren(notice);
  problem.scrollIntoView();
}

const copy_of = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

function text(tag, content) {
  const element = document.createElement(tag);
  element.dir = "auto";
  element.textContent = content;
  return element;
}

try {
  [seal, hpke] = await Promise.all([import(words.seal), import(words.hpke)]);
  await crypto.subtle.digest("SHA-256", new Uint8Array());
  take_over();
} catch (reason) {
  console.warn("The server seals the ballot:", reason);
}
