// Arrow keys walk from stone to stone. Without it every stone is a link that Tab reaches.
const map = document.getElementById("lands");
const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

map?.addEventListener("keydown", (event) => {
  const step = steps[event.key];
  const from = event.target.closest(".stone");
  if (!step || !from || event.ctrlKey || event.altKey || event.metaKey) return;
  const stones = [...map.querySelectorAll(".stone")];
  const to = stones[stones.indexOf(from) + step];
  if (to) {
    event.preventDefault();
    to.focus();
  }
});
