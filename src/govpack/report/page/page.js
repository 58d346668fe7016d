// Search, filters, sorting, theme. The page is whole without it: everything here only hides, opens or reorders.
(() => {
  "use strict";
  const KEY = "govpack-theme";
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const sheet = document.getElementById("dark");
  // Storage may be refused for a file or in a private window; the theme then lasts as long as the page.
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  const store = (theme) => { try { localStorage.setItem(KEY, theme); } catch { /* nothing to remember it in */ } };
  let theme = stored();
  const isDark = () => (theme ? theme === "dark" : prefersDark.matches);
  const applyTheme = () => {
    // Paper is white, whatever the screen is.
    if (theme) sheet.media = theme === "dark" ? "screen" : "not all";
    document.getElementById("theme")?.setAttribute("aria-pressed", String(isDark()));
  };
  applyTheme();

  const KINDS = {
    document: ["document", "documents"], item: ["checklist item", "checklist items"], scorecard: ["scorecard", "scorecards"], kpi: ["KPI", "KPIs"],
    risk: ["risk", "risks"], gap: ["gap", "gaps"], note: ["note on the inputs", "notes on the inputs"],
    problem: ["problem", "problems"], "weak point": ["weak point", "weak points"], criterion: ["criterion", "criteria"],
  };
  // Case and accents make no difference to a search.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const FIELDS = ["q", "verdict", "audience", "partner"];

  function start() {
    const form = document.querySelector(".controls");
    const count = document.getElementById("count");
    const fields = FIELDS.map((name) => form.elements.namedItem(name)).filter(Boolean);
    const entries = [...document.querySelectorAll("[data-entry]")].map((node) => ({
      node, kind: node.dataset.entry, text: fold(`${node.textContent} ${node.closest("[data-about]")?.dataset.about ?? ""}`), verdict: node.dataset.verdict ?? "",
      audience: node.closest("[data-audience]")?.dataset.audience ?? "", partners: (node.closest("[data-partner]")?.dataset.partner ?? "").split(" "),
    }));
    const followers = [...document.querySelectorAll("[data-with]")];
    // The first section is the summary of all; while something is looked for it makes way for what is found.
    const [summary, ...sections] = document.querySelectorAll("main > section");
    for (const section of sections) {
      const none = document.createElement("p");
      none.className = "none";
      none.textContent = "Nothing in this section matches.";
      none.hidden = true;
      section.querySelector("h2").after(none);
    }
    const opened = new Set();

    const value = (name) => form.elements.namedItem(name)?.value.trim() ?? "";
    const active = () => FIELDS.some((name) => value(name));

    function matches(entry, words) {
      const partner = value("partner");
      return (!value("verdict") || entry.verdict === value("verdict"))
        && (!value("audience") || entry.audience === value("audience"))
        && (!partner || entry.partners.includes(partner))
        && words.every((word) => entry.text.includes(word));
    }

    // What a search finds in a closed part is opened, and closed again when the search is over.
    function unfold(entry, words) {
      const parts = entry.node.matches("details") ? [entry.node] : entry.node.querySelectorAll("details");
      for (const part of parts) {
        const seen = fold(part.querySelector("summary").textContent);
        const inside = fold(part.textContent);
        if (!part.open && words.some((word) => !seen.includes(word) && inside.includes(word))) {
          part.open = true;
          opened.add(part);
        }
      }
    }

    function highlight(words) {
      if (!globalThis.CSS?.highlights) return;
      CSS.highlights.delete("found");
      if (!words.length) return;
      const ranges = [];
      for (const { node } of entries.filter((entry) => !entry.node.hidden)) {
        const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        for (let text = walker.nextNode(); text && ranges.length < 2000; text = walker.nextNode()) {
          const lower = text.data.toLowerCase();
          for (const word of words) {
            for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
              const range = new Range();
              range.setStart(text, at);
              range.setEnd(text, Math.min(at + word.length, text.length));
              ranges.push(range);
            }
          }
        }
      }
      CSS.highlights.set("found", new Highlight(...ranges));
    }

    function say(shown) {
      const total = shown.length;
      if (!active()) return `${entries.length} entries.`;
      if (!total) return `No entry of ${entries.length} matches.`;
      const parts = Object.entries(KINDS)
        .map(([kind, [one, many]]) => [shown.filter((entry) => entry.kind === kind).length, one, many])
        .filter(([number]) => number)
        .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
      return `${total} of ${entries.length} entries: ${parts.join(", ")}.`;
    }

    function apply() {
      const words = fold(value("q")).split(/\s+/).filter(Boolean);
      for (const part of opened) part.open = false;
      opened.clear();
      const shown = entries.filter((entry) => {
        entry.node.hidden = !matches(entry, words);
        return !entry.node.hidden;
      });
      if (words.length) shown.forEach((entry) => unfold(entry, words));
      for (const row of followers) row.hidden = document.getElementById(row.dataset.with).hidden;
      for (const part of document.querySelectorAll("main table, tr[data-about], .findings")) {
        const rows = part.querySelectorAll("[data-entry], [data-with]");
        if (rows.length) part.hidden = [...rows].every((row) => row.hidden);
      }
      summary.hidden = active();
      for (const section of sections) {
        const empty = active() && ![...section.querySelectorAll("[data-entry]")].some((one) => !one.hidden);
        section.classList.toggle("empty", empty);
        section.querySelector(".none").hidden = !empty;
      }
      highlight(words);
      count.textContent = say(shown);
      // On paper, too, it is said when only a part is shown.
      count.classList.toggle("filtered", active());
    }

    // The address says what is searched for, so that it can be sent: #q=exit&partner=halden, with &at=risks for a place.
    function write(at) {
      const state = new URLSearchParams();
      for (const name of FIELDS) if (value(name)) state.set(name, value(name));
      if (at && String(state)) state.set("at", at);
      const hash = String(state) || at || "";
      try { history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search); } catch { /* stays as it is */ }
    }

    function read() {
      const hash = location.hash.slice(1);
      const state = new URLSearchParams(hash.includes("=") ? hash : "");
      for (const field of fields) {
        field.value = state.get(field.name) ?? (hash.includes("=") || !hash ? "" : field.value);
        // An address from another pack may name what this one does not have.
        if (field.selectedIndex === -1) field.value = "";
      }
      apply();
      const at = hash.includes("=") ? state.get("at") : hash;
      if (at) reveal(at);
    }

    function reveal(id) {
      const target = document.getElementById(id);
      if (!target) return;
      if (target.closest("[hidden]")) {
        for (const field of fields) field.value = "";
        apply();
        write(id);
      }
      const part = target.closest("details");
      if (part) part.open = true;
      target.scrollIntoView();
      const reached = target.matches("details") ? target.querySelector("summary") : target;
      if (!reached.matches("summary, [tabindex]")) reached.tabIndex = -1;
      reached.focus({ preventScroll: true });
    }

    let later;
    form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => { apply(); write(); }, 120); });
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(later); apply(); write(); });
    form.addEventListener("reset", () => setTimeout(() => { apply(); write(); }));
    document.getElementById("theme").addEventListener("click", () => {
      theme = isDark() ? "light" : "dark";
      store(theme);
      applyTheme();
    });
    prefersDark.addEventListener("change", applyTheme);
    addEventListener("hashchange", read);
    document.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]:not(.skip)');
      if (!link) return;
      event.preventDefault();
      const id = link.hash.slice(1);
      write(id);
      reveal(id);
    });

    document.querySelectorAll("table.sortable").forEach(makeSortable);
    document.querySelectorAll("table.stack").forEach(label);
    const closed = new Set();
    addEventListener("beforeprint", () => {
      for (const part of document.querySelectorAll("details:not([open])")) { closed.add(part); part.open = true; }
    });
    addEventListener("afterprint", () => { for (const part of closed) part.open = false; closed.clear(); });

    form.hidden = false;
    applyTheme();
    read();
  }

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const keyOf = (row, column) => {
      const cell = row.cells[column];
      return cell.dataset.value ?? cell.textContent.trim();
    };
    heads.forEach((head, column) => {
      if ("plain" in head.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [keyOf(row, column), row]);
        const numeric = rows.every(([key]) => key === "" || !Number.isNaN(Number(key)));
        // Rows without a figure stay last, whichever way the others go.
        rows.sort(([one], [other]) => {
          if (!one !== !other) return one ? -1 : 1;
          return (numeric ? Number(one) - Number(other) : one.localeCompare(other, undefined, { numeric: true })) * (down ? -1 : 1);
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  // On a phone a row is a card: its cells name their columns, and the roles keep it a table for screen readers.
  function label(table) {
    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.trim());
    table.classList.add("cards");
    table.setAttribute("role", "table");
    table.tHead.setAttribute("role", "rowgroup");
    for (const body of table.tBodies) body.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, column) => {
        cell.setAttribute("role", cell.scope === "col" ? "columnheader" : cell.scope === "row" ? "rowheader" : "cell");
        if (cell.tagName === "TD") cell.dataset.label = heads[column];
      });
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
