// Finds the voter's own envelope among the codes of the ballot box. The code stays on the device: nothing is sent.

const box = document.getElementById("box");
const find = document.getElementById("find");
const field = find.querySelector("input");
const codes = new Map(Array.from(document.querySelectorAll("[data-board=t1] li"), (item) => [plain(item.textContent), item]));

function plain(text) {
  return text.toUpperCase().replace(/[^A-Z2-7]/g, "");
}

function look(code) {
  const item = codes.get(code);
  for (const each of codes.values()) each.removeAttribute("aria-current");
  item?.setAttribute("aria-current", "true");
  for (const each of box.querySelectorAll("[data-found]")) each.hidden = each.dataset.found !== String(Boolean(item));
}

find.hidden = false;
find.nextElementSibling.hidden = true; // says how to look without this script
field.addEventListener("input", () => {
  const code = plain(field.value);
  if (code.length === 24) look(code);
});

let kept = null;
try {
  kept = localStorage.getItem(`stemme:${box.dataset.poll}`);
} catch {} // storage that is switched off remembers nothing
if (kept) look(kept);
