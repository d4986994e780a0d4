import { standingAccommodations } from "#domain/attempt/accommodate.ts";
import type { Actor } from "#domain/attempt/actor.ts";
import type { ReviewCommand, StaffCommand } from "#domain/attempt/command.ts";
import type { Registered } from "#domain/attempt/state.ts";
import type { Accommodations } from "#domain/exam/accommodation.ts";
import type { AttemptId, MemberId } from "#domain/exam/ids.ts";
import type { Outcome } from "#protocol/session/down.ts";
import type { Accommodating, NewRegistration, RegistrationAccommodations } from "#protocol/session/rpc.ts";
import { closeCodes } from "#protocol/session/version.ts";
import type { Loaded } from "./event-log.ts";
import { closeQuietly, type Sockets } from "./sockets.ts";
import { asSystem, type Order, type TurnResult } from "./turn.ts";

type Member = { readonly memberId: MemberId; readonly name: string };

type Office = {
  readonly attempts: ReadonlyMap<AttemptId, Loaded>;
  readonly sockets: Sockets;
  readonly registered: (attemptId: AttemptId) => Registered | null;
  readonly act: (orders: readonly Order[]) => TurnResult;
};

/** What staff do about the candidates of a room outside of its console. */
export function createRegistrations({ attempts, sockets, registered, act }: Office) {
  function asMember(attemptId: AttemptId, { memberId, name }: Member, command: StaffCommand): Outcome {
    const actor: Actor = { kind: "proctor", memberId, name };
    const [outcome] = act([{ attemptId, commandId: null, command, actor, browser: null, page: null }]).outcomes;
    if (outcome === undefined) throw new Error("an order without an outcome");
    return outcome;
  }

  function arranged(attemptId: AttemptId): Accommodations | null {
    const attempt = registered(attemptId);
    return attempt === null ? null : standingAccommodations(attempt);
  }

  return {
    register(registrations: readonly NewRegistration[]): void {
      const orders = registrations.map(({ attemptId, ...who }) => asSystem(attemptId, { type: "register", ...who }));
      const { outcomes } = act(orders);
      const refused = registrations.find((_, index) => {
        const outcome = outcomes[index];
        // One that was set aside is registered already, or it would have no log.
        return outcome?.accepted === false && outcome.refusal !== "set-aside";
      });
      if (refused !== undefined) throw new Error(`attempt ${refused.attemptId} is registered for somebody else`);
    },

    release(attemptId: AttemptId, member: Member): void {
      if (registered(attemptId) === null) return;
      asMember(attemptId, member, { type: "releaseBrowser" });
      for (const socket of sockets.candidate(attemptId)) {
        closeQuietly(socket, closeCodes.notAllowed, "the link was replaced or withdrawn");
      }
    },

    arranged,

    accommodate(
      attemptId: AttemptId,
      member: Member,
      accommodations: Accommodations,
      seen: Accommodations | null,
    ): Accommodating | "changed-meanwhile" {
      const now = arranged(attemptId);
      // Both are made by `standingAccommodations`, which has its fields in one order.
      if (seen !== null && now !== null && JSON.stringify(seen) !== JSON.stringify(now)) return "changed-meanwhile";
      const outcome = asMember(attemptId, member, { type: "accommodate", accommodations });
      return { outcome, arranged: arranged(attemptId) };
    },

    review(attemptId: AttemptId, member: Member, command: ReviewCommand): Outcome {
      return asMember(attemptId, member, command);
    },

    accommodations(): readonly RegistrationAccommodations[] {
      return [...attempts.keys()].flatMap((attemptId) => {
        const attempt = registered(attemptId);
        if (attempt === null) return [];
        const standing = standingAccommodations(attempt);
        if (standing.allowances.length + standing.exceptions.length === 0) return [];
        return [{ registrationId: attempt.file.registrationId, ...standing }];
      });
    },
  };
}
