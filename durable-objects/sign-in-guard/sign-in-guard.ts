import { DurableObject } from "cloudflare:workers";
import * as v from "valibot";
import { type Paced, paces } from "#domain/access/address-pace.ts";
import {
  accountMemoryMs,
  type AccountTries,
  beginTry,
  noTries,
  proven,
  type TrySource,
  type TryVerdict,
} from "#domain/access/account-tries.ts";
import { type AddressTries, addressWindowMs, beginAt, takenBack } from "#domain/access/address-tries.ts";
import type { SignInGuardRpc } from "#protocol/sign-in-guard.ts";

const accountSchema: v.GenericSchema<unknown, AccountTries> = v.object({
  strangers: v.number(),
  knownBrowsers: v.number(),
  sources: v.array(v.object({ key: v.string(), failures: v.number(), lastAt: v.number() })),
});
const addressSchema: v.GenericSchema<unknown, AddressTries> = v.array(
  v.object({ startedAt: v.number(), failures: v.number() }),
);

/**
 * Counts the tries to sign in to one account, or from one address. It is one object for each, so that tries at the same
 * time stand in one line. What it knows is stored before it answers, and gone when its time is over.
 */
export class SignInGuard extends DurableObject implements SignInGuardRpc {
  async tryAccount(source: TrySource): Promise<TryVerdict> {
    const now = Date.now();
    const { tries, verdict } = beginTry(this.#account(), source, now);
    // What is not looked at changes nothing, and costs no write.
    if (verdict.kind === "go") await this.#keep("account", tries, now + accountMemoryMs);
    return verdict;
  }

  async accountProven(source: TrySource): Promise<void> {
    await this.#keep("account", proven(this.#account(), source), Date.now() + accountMemoryMs);
  }

  async tryAddress(): Promise<TryVerdict> {
    const now = Date.now();
    const { tries, verdict } = beginAt(this.#address(), now);
    if (verdict.kind === "go") await this.#keep("address", tries, now + addressWindowMs);
    return verdict;
  }

  async askAt(what: Paced): Promise<TryVerdict> {
    const now = Date.now();
    const pace = paces[what];
    const { tries, verdict } = beginAt(this.#address(), now, pace);
    if (verdict.kind === "go") await this.#keep("address", tries, now + pace.windowMs);
    return verdict;
  }

  async addressTakenBack(): Promise<void> {
    await this.#keep("address", takenBack(this.#address()), Date.now() + addressWindowMs);
  }

  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  /** Nothing was tried for so long that nothing has to be known. Anything that is tried later moves the alarm on. [G8] */
  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  #account(): AccountTries {
    return v.parse(v.optional(accountSchema, noTries), this.ctx.storage.kv.get("account"));
  }

  #address(): AddressTries {
    return v.parse(v.optional(addressSchema, []), this.ctx.storage.kv.get("address"));
  }

  async #keep(key: "account" | "address", tries: AccountTries | AddressTries, until: number): Promise<void> {
    this.ctx.storage.kv.put(key, tries);
    await this.ctx.storage.setAlarm(until);
  }
}
