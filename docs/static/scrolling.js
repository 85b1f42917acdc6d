// What is wider than its place scrolls sideways: with the keyboard too, but only while it is so.
const WIDE = "pre, .table-wrapper, .formula";

function reachable() {
  for (const box of document.querySelectorAll(WIDE)) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

addEventListener("load", reachable);
addEventListener("resize", reachable);
