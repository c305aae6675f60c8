// Seals a ballot on the voter's device: HPKE_A(HPKE_B(ballot)), the same bytes as awards/ballots/sealing.py gives.
// HPKE is RFC 9180 with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM.

const BALLOT_SIZE = 1024;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const utf8 = (text) => new TextEncoder().encode(text);

/** Canonical JSON (RFC 8785 within the values a ballot has): sorted keys, no spaces. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

/** Base32 (RFC 4648) of the first 15 bytes of the envelope's SHA-256: what names it without telling what is in it. */
export async function codeOf(envelope) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", envelope)).subarray(0, 15);
  let bits = "";
  for (const byte of digest) bits += byte.toString(2).padStart(8, "0");
  return bits.match(/.{5}/g).map((five) => BASE32[parseInt(five, 2)]).join("");
}

/** The outer envelope and its code. `manifest`: the text whose keys seal and whose hash binds the envelope. */
export async function seal(hpke, manifest, ballot) {
  const { A, B } = JSON.parse(manifest).keys;
  const hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(manifest))));
  const written = utf8(canonical(ballot));
  if (written.length > BALLOT_SIZE) throw new Error("a ballot too large for its envelope");
  const padded = new Uint8Array(BALLOT_SIZE).fill(0x20);
  padded.set(written);
  const inner = await close(hpke, B, `awards/1|B|${hash}`, padded);
  const outer = await close(hpke, A, `awards/1|A|${hash}`, inner);
  return { outer, t1: await codeOf(outer), manifest: hash };
}

export const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

async function close(hpke, key, info, content) {
  const suite = new hpke.CipherSuite({
    kem: new hpke.DhkemP256HkdfSha256(),
    kdf: new hpke.HkdfSha256(),
    aead: new hpke.Aes256Gcm(),
  });
  const point = Uint8Array.from(key.match(/../g), (byte) => parseInt(byte, 16));
  const recipientPublicKey = await suite.kem.deserializePublicKey(point);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: utf8(info) }, content);
  const envelope = new Uint8Array(enc.byteLength + ct.byteLength);
  envelope.set(new Uint8Array(enc));
  envelope.set(new Uint8Array(ct), enc.byteLength);
  return envelope;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
