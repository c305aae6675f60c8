// A list marked `data-keys` is walked with the arrow keys, Home and End, from link to link: from inside it, and into it
// from the search field above. Letters stay free for whoever speaks to their computer.

const links = () => [...document.querySelectorAll("[data-keys] h2 a")];

document.addEventListener("keydown", (event) => {
  const all = links();
  const inList = event.target.closest("[data-keys]");
  const inSearch = event.target.matches("input[type=search]") && event.key === "ArrowDown";
  if (!all.length || (!inList && !inSearch) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = inList && event.target.closest("li");
  const here = row ? all.findIndex((link) => row.contains(link)) : -1;
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  (all[Math.min(to, all.length - 1)] || document.querySelector("input[type=search]")).focus();
});
