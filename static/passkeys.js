// One touch instead of a code. A page marks a box with `data-touch`, the address of the ceremony: the box holds a button
// and a line for what went wrong, and stays hidden where the browser cannot: then what stands after the box says so.
// `data-next` is where to go afterwards.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(address, sent) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(sent) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(told.message || ""), { status: answer.status });
  return told;
}

// Asks the server, then the device, then the server again; returns what it told.
async function touch(address, sent) {
  const { challenge, options } = await post(`${address}/udfordring`, sent);
  const makes = "user" in options;
  options.challenge = bytes(options.challenge);
  if (makes) options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials || options.allowCredentials || []) known.id = bytes(known.id);
  const { id, type, response } = await navigator.credentials[makes ? "create" : "get"]({ publicKey: options });
  const signed = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) signed[name] = text(response[name]);
  if (response.getTransports) signed.transports = response.getTransports();
  return post(address, { ...sent, challenge, answer: { id, rawId: id, type, response: signed } });
}

// For the ballot: the proof that its owner wants this envelope cast. Throws when the device was not touched, and with
// `status` when the server refused.
export async function prove(boundTo, address = "/bekraeft-dig/noegle") {
  return (await touch(address, { bound_to: boundTo })).proof;
}

function show(box) {
  const [button, line] = [box.querySelector("button"), box.querySelector("[role=alert]")];
  let busy = false;
  box.hidden = false;
  box.nextElementSibling.hidden = true;
  button.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    line.textContent = "";
    try {
      location.assign((await touch(box.dataset.touch, { next: box.dataset.next })).next);
    } catch (error) {
      // Saved already, says the device: so there is nothing left to do.
      if (error.name === "InvalidStateError") location.assign(box.dataset.next);
      else line.textContent = (error.status && error.message) || box.dataset.failed;
    }
    busy = false;
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-touch]").forEach(show);
  // Forms that sign in tell whether this device could be saved afterwards.
  const asks = document.querySelectorAll("input[name=can_save]");
  if (asks.length)
    PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then((can) =>
      asks.forEach((input) => (input.value = can ? "1" : "")),
    );
}
