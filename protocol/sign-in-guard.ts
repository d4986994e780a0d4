import type { Paced } from "#domain/access/address-pace.ts";
import type { TrySource, TryVerdict } from "#domain/access/account-tries.ts";

/**
 * What the Worker asks of a guard, as Durable Object RPC. An account has one, named by its e-mail address whether or not
 * there is such an account, and so has an address on the network.
 */
export type SignInGuardRpc = {
  tryAccount(source: TrySource): Promise<TryVerdict>;
  accountProven(source: TrySource): Promise<void>;
  tryAddress(): Promise<TryVerdict>;
  /** Counts one more that asks for this from an address; the guard is of that address and this alone. */
  askAt(what: Paced): Promise<TryVerdict>;
  /** The try from this address was right, or was not looked at. */
  addressTakenBack(): Promise<void>;
  /** Somebody who may has said that the account is open again. */
  forget(): Promise<void>;
};
