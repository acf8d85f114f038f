// The offline page: only where the browser allows a worker (https, or this very machine).
if ("serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
