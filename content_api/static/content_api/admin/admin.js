"use strict";

/* What the stock admin's scripts leave out: names for its choosers, and a menu that closes by itself. */

// The chooser draws itself beside the select that the label belongs to, and takes its name from what is chosen.
function nameChooser(select) {
  const drawn = select.nextElementSibling;
  if (!drawn || !drawn.classList.contains("select2")) return;
  const label = select.labels && select.labels[0] ? select.labels[0].textContent.trim() : headingOf(select);
  const selection = drawn.querySelector(".select2-selection");
  selection.setAttribute("aria-label", label);
  selection.removeAttribute("aria-labelledby");
  const chosen = drawn.querySelector(".select2-selection__rendered");
  chosen.setAttribute("role", "none");
  chosen.removeAttribute("aria-readonly");
  for (const part of chosen.children) if (part.tagName === "LI") part.setAttribute("role", "none");
  const search = drawn.querySelector(".select2-search__field");
  if (search) search.setAttribute("aria-label", label);
}

function headingOf(field) {
  const cell = field.closest("td");
  const heading = cell && cell.closest("table").querySelectorAll("thead th")[cell.cellIndex];
  return heading ? heading.textContent.trim() : field.name;
}

function nameChoosers(root) {
  root.querySelectorAll("select.admin-autocomplete").forEach(nameChooser);
}

// In a table of rows the heading of the column names the field, which has no label of its own.
function nameCells(root) {
  root.querySelectorAll(".tabular td :is(input, select, textarea):not([type=hidden], [aria-label])").forEach((field) => {
    if (!field.labels || !field.labels.length) field.setAttribute("aria-label", headingOf(field));
  });
}

document.addEventListener("DOMContentLoaded", () => {
  nameCells(document);
  window.setTimeout(() => nameChoosers(document), 0);
  document.addEventListener("formset:added", (event) => {
    nameCells(event.target);
    window.setTimeout(() => nameChoosers(event.target), 0);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("select.admin-autocomplete")) window.setTimeout(() => nameChooser(event.target), 0);
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
});
