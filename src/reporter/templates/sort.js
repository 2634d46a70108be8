// Makes the columns of tables with the class "sortable" sortable; without it they keep the order they came in.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const sortable = heads.filter((head) => head.dataset.sort);
  for (const head of sortable) {
    const column = heads.indexOf(head);
    const numeric = head.dataset.sort === "number";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    head.setAttribute("aria-sort", "none");
    const key = (row) => {
      const cell = row.cells[column];
      const text = cell.dataset.v ?? cell.textContent.trim();
      return numeric ? (text === "" ? -Infinity : Number(text)) : text;
    };
    const compare = (a, b) =>
      numeric ? (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) : a[0].localeCompare(b[0]);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of sortable) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows].map((row) => [key(row), row]).sort(compare);
      if (down) rows.reverse();
      body.append(...rows.map(([, row]) => row));
    });
  }
}
