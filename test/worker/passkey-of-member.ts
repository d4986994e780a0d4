import { call, jsonOf, origin, password } from "#test/support/school.ts";
import { SoftPasskey } from "#test/support/soft-passkey.ts";

type Creation = { challenge: string; rp: { id: string }; user: { id: string } };
type Wanted = { challenge: string; rpId: string };

/** Adds a passkey to the account of the member whose cookie it is. Gives the device that has it. */
export async function addPasskey(cookie: string): Promise<SoftPasskey> {
  const device = new SoftPasskey();
  const response = await call("POST", "/v1/sign-in/passkeys/options", { cookie, body: { password } });
  const options = await jsonOf<Creation>(response.clone());
  const body = { name: "A phone", passkey: await device.create(options, origin) };
  const added = await call("POST", "/v1/sign-in/passkeys", { cookie: `${cookie}; ${challengeOf(response)}`, body });
  if (added.status !== 204) throw new Error(`not added: ${added.status}`);
  return device;
}

export async function signInByPasskey(device: SoftPasskey): Promise<Response> {
  const response = await call("POST", "/v1/sign-in/passkey/options");
  const options = await jsonOf<Wanted>(response.clone());
  return call("POST", "/v1/sign-in/passkey", {
    cookie: challengeOf(response),
    body: await device.get(options, origin),
  });
}

function challengeOf(response: Response): string {
  const line = response.headers.getSetCookie().find((one) => one.startsWith("__Secure-invigil_passkey="));
  return line!.split(";", 1)[0]!;
}
