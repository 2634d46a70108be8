// What helps where scripts run; every page works without it.
"use strict";

// A job's page: progress as it comes, and the result when it is there.
const working = document.querySelector("[data-job]");
if (working) {
  const events = new EventSource("/api/1/jobs/" + working.dataset.job + "/events");
  const told = document.getElementById("told");
  const bar = document.getElementById("bar");
  events.addEventListener("progress", (event) => {
    const seen = JSON.parse(event.data);
    if (seen.done > 0) {
      told.textContent = seen.done + (seen.total ? " / " + seen.total : "") + " " + seen.what;
    }
    if (seen.total) {
      bar.max = seen.total;
      bar.value = seen.done;
    }
  });
  events.addEventListener("done", () => {
    events.close();
    location.reload();
  });
}

// A file that is dropped on a form goes into its field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      field.files = event.dataTransfer.files;
      field.focus();
    }
  });
}

// A bookmark leads to the server as this page was reached, also through a proxy that speaks TLS for it.
for (const place of document.querySelectorAll("[data-bookmarklet]")) {
  const ours = (code) => code.replace(/const o="[^"]*"/, "const o=" + JSON.stringify(location.origin));
  // The attribute as it is written: as a property it comes back with its quotes encoded.
  const code = place.getAttribute("href");
  if (code) {
    place.setAttribute("href", ours(code));
  } else {
    place.textContent = ours(place.textContent);
  }
}
