"use strict";

/* The form of a working copy: checks and preview of what stands in it, and a toolbar for prose. All of it is extra:
   without this script the same checks and preview are pages of their own. */

const PAUSE = 1200; // milliseconds without a key before the form is looked at again

class Side {
  constructor(part, form) {
    this.part = part;
    this.form = form;
    this.body = part.querySelector("[data-body]");
    this.asked = 0;
  }

  get isOpen() {
    return !this.part.hidden;
  }

  async refresh() {
    const asked = ++this.asked;
    this.part.setAttribute("aria-busy", "true");
    const answer = await fetch(this.part.dataset.url, {
      method: "POST",
      body: new FormData(this.form),
      headers: { "X-Requested-With": "fetch" },
      redirect: "error",
    }).catch(() => null);
    if (asked !== this.asked) return; // a newer question is on its way
    this.part.removeAttribute("aria-busy");
    if (answer && answer.ok) this.body.innerHTML = await answer.text();
    else this.body.textContent = "The server did not answer. What you typed is still here; try again in a moment.";
  }

  open() {
    this.part.hidden = false;
    this.refresh();
  }
}

function startSides(form) {
  const sides = ["checks", "preview"].map((id) => document.getElementById(id)).filter(Boolean);
  const byId = new Map(sides.map((part) => [part.id, new Side(part, form)]));
  if (!byId.size || !form.querySelector("[name=_continue]")) return;
  document.querySelectorAll("[data-opens]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      byId.get(link.dataset.opens).open();
    });
  });
  document.querySelectorAll("[data-closes]").forEach((button) => {
    button.addEventListener("click", () => {
      document.getElementById(button.dataset.closes).hidden = true;
    });
  });
  document.addEventListener("keydown", (event) => {
    const drawer = document.getElementById("preview");
    if (event.key === "Escape" && drawer && !drawer.hidden) drawer.hidden = true;
  });
  let pause = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(() => {
      byId.get("checks").open();
      if (byId.get("preview").isOpen) byId.get("preview").refresh();
    }, PAUSE);
  });
}

/* --- prose --- */

const MARKS = [
  { name: "Bold", sign: "B", before: "**", after: "**" },
  { name: "Emphasis", sign: "I", before: "*", after: "*" },
  { name: "Link", sign: "Link", before: "[", after: "](https://)" },
  { name: "List", sign: "List", line: "- " },
  { name: "Heading", sign: "Heading", line: "### " },
];

function apply(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const lineStart = value.lastIndexOf("\n", start - 1) + 1;
  if (mark.line) area.setRangeText(mark.line, lineStart, lineStart, "end");
  else area.setRangeText(mark.before + chosen + mark.after, start, end, chosen ? "end" : "start");
  if (!mark.line && !chosen) area.setSelectionRange(start + mark.before.length, start + mark.before.length);
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function insert(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function addToolbar(area) {
  if (area.dataset.hasToolbar) return;
  area.dataset.hasToolbar = "yes";
  const bar = document.createElement("div");
  bar.className = "prose-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Format");
  for (const mark of MARKS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = mark.sign;
    button.setAttribute("aria-label", mark.name);
    button.title = mark.name;
    button.addEventListener("click", () => apply(area, mark));
    bar.append(button);
  }
  if (area.dataset.facts) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Insert a fact…";
    button.addEventListener("click", () => openPicker(area));
    bar.append(button);
  }
  area.before(bar);
}

/* --- facts --- */

function openPicker(area) {
  const dialog = document.getElementById("facts") || makePicker();
  dialog.area = area;
  dialog.dataset.url = area.dataset.facts;
  dialog.showModal();
  load(dialog, area.dataset.facts);
}

function makePicker() {
  const dialog = document.createElement("dialog");
  dialog.id = "facts";
  dialog.setAttribute("aria-label", "Insert a fact");
  document.body.append(dialog);
  dialog.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    event.preventDefault();
    load(dialog, `${dialog.dataset.url}?${new URLSearchParams(new FormData(event.target))}`);
  });
  dialog.addEventListener("click", (event) => {
    const part = event.target.closest("a[href], button");
    if (!part) return;
    if (part.dataset.slot) {
      dialog.close();
      insert(dialog.area, part.dataset.slot);
    } else if (part.matches("[data-done]")) dialog.close();
    else if (part.matches("a")) {
      event.preventDefault();
      load(dialog, part.href);
    }
  });
  return dialog;
}

async function load(dialog, url) {
  const asked = (dialog.asked = (dialog.asked || 0) + 1);
  const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" }, redirect: "error" }).catch(() => null);
  const text = answer && answer.ok ? await answer.text() : "";
  if (!text || asked !== dialog.asked) return; // a newer question is on its way
  dialog.innerHTML = text;
  const search = dialog.querySelector("input[type=search]");
  if (search) search.focus();
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("#content-main > form");
  if (!form) return;
  startSides(form);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.querySelector("[name=_continue]")?.click();
  });
  const dress = (root) => root.querySelectorAll("textarea.prose-source:not([id*=__prefix__])").forEach(addToolbar);
  dress(form);
  document.addEventListener("formset:added", (event) => dress(event.target));
});
