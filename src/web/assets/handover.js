// Takes over the page that opened this one; nothing is sent on before its reader says so.
"use strict";

const state = document.getElementById("state");
const show = (id, text) => {
  document.getElementById(id).textContent = text;
};
const fill = (id, text) => {
  document.getElementById(id).value = text;
};

// The other side writes what it likes: only a text with an address of its own site is taken.
const own = (url, origin) => {
  try {
    return new URL(url).origin === origin ? url : "";
  } catch {
    return "";
  }
};

const take = (event) => {
  const given = event.data;
  if (event.source !== window.opener || !given || typeof given.html !== "string") return;
  window.removeEventListener("message", take);
  const url = own(String(given.url), event.origin);
  show("seen-title", String(given.title || ""));
  show("seen-url", url);
  show("seen-origin", event.origin);
  show("seen-size", Math.ceil(given.html.length / 1024) + " KiB");
  fill("hand-text", given.html);
  fill("hand-url", url);
  document.getElementById("seen").hidden = false;
  document.getElementById("hand").hidden = false;
  state.textContent = state.dataset.there;
};

let address = "";
try {
  address = decodeURIComponent(location.hash.slice(1));
} catch {
  // An address that cannot be read is none.
}
if (window.opener) {
  state.textContent = state.dataset.waiting;
  window.addEventListener("message", take);
  window.opener.postMessage("copytrail: ready", "*");
} else if (/^https?:\/\//.test(address)) {
  // That site lets no window speak to another: its address is what is left.
  show("seen-url", address);
  fill("hand-address", address);
  document.getElementById("seen").hidden = false;
  document.getElementById("hand").hidden = false;
  state.textContent = state.dataset.address;
}
