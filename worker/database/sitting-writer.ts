import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type {
  AttemptId,
  CandidateId,
  ExamSessionId,
  ExamVersionId,
  RegistrationId,
  SittingId,
} from "#domain/exam/ids.ts";
import type { GuestLink } from "#domain/access/guest-link.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Region } from "#domain/exam/rooms.ts";
import type { AssignProctors } from "#protocol/http/sitting.ts";
import type { Acting } from "../audit/acting.ts";
import type { RoomIdentity } from "../exam-sessions.ts";
import { isDone } from "./audit-statement.ts";
import { isOverLimit, keepToLimit } from "./ledger-limit.ts";
import { says } from "./says.ts";
import {
  attempts,
  candidates,
  examSessions,
  proctorAssignments,
  registrations,
  sittingLeads,
  sittings,
} from "./schema.ts";
import { asReplaced, type Replaced, type Replacement, stillAsSeen, unlessChanged } from "./seen-state.ts";

export type NewSitting = {
  readonly id: SittingId;
  readonly examVersionId: ExamVersionId;
  readonly title: string;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
  readonly roomCapacity: number;
  readonly region: Region | null;
};

/** A room whose object is provisioned already. */
export type NewRoom = RoomIdentity & {
  readonly number: number;
  readonly capacity: number;
  readonly region: Region | null;
};

export type NewPlace = {
  readonly registrationId: RegistrationId;
  readonly candidateId: CandidateId;
  readonly attemptId: AttemptId;
  readonly name: string;
  readonly email: string | null;
  readonly linkHash: string;
  readonly examSessionId: ExamSessionId;
};

type NewRegistrations = {
  readonly rooms: readonly NewRoom[];
  readonly places: readonly NewPlace[];
  readonly times: LinkTimes;
  readonly now: EpochMs;
};

export type LinkTimes = Pick<GuestLink, "notBefore" | "expiresAt">;

/** A parameter of D1 holds 2 MB, and a place may take more than 1 kB of it. */
const placesInStatement = 1_000;

/*
 * `insert … select` with raw SQL names its columns in the order of the schema: whoever changes a table there reads here.
 * A row that has one column too few or too many is refused by SQLite.
 */
export function sittingWriter(database: D1Database, acting: Acting) {
  const { tenantId } = acting;
  const db = drizzle(database);

  function rowOf(sittingId: SittingId, { examSessionId, ...room }: NewRoom) {
    return { tenantId, sittingId, id: examSessionId, ...room };
  }

  function isRegistration(sittingId: SittingId, id: RegistrationId) {
    return and(eq(registrations.tenantId, tenantId), eq(registrations.sittingId, sittingId), eq(registrations.id, id));
  }

  return {
    /** A sitting and its first room. */
    async create(sitting: NewSitting, room: NewRoom): Promise<void> {
      await db.batch([
        db.insert(sittings).values({ tenantId, ...sitting }),
        db.insert(examSessions).values(rowOf(sitting.id, room)),
        acting.enter({ kind: "sitting-scheduled", on: { kind: "sitting", id: sitting.id } }),
      ]);
    },

    /**
     * Opens these rooms, for those too who proctor the whole sitting, and adds candidates with their registrations and
     * attempts: all or nothing. A statement for each table and thousand. [R24] Taken, and nothing is done, when
     * another request took a place or a room's number meanwhile; [B15] out of credit, when one took what credit there was.
     */
    async register(
      sittingId: SittingId,
      { rooms, places, times, now }: NewRegistrations,
    ): Promise<"registered" | "taken" | "out-of-credit"> {
      const parts = Array.from({ length: Math.ceil(places.length / placesInStatement) }, (_, part) =>
        places.slice(part * placesInStatement, (part + 1) * placesInStatement),
      );
      const each = parts.map((part) => sql`json_each(${JSON.stringify(part)})`);
      const openRooms = rooms.map((room) => db.insert(examSessions).values(rowOf(sittingId, room)));
      const assignLeads = db.insert(proctorAssignments).select(sql`
        select lead.tenant_id, room.value, lead.member_id
        from ${sittingLeads} as lead, json_each(${JSON.stringify(rooms.map(({ examSessionId }) => examSessionId))}) as room
        where lead.tenant_id = ${tenantId} and lead.sitting_id = ${sittingId}`);
      const addCandidates = each.map((part) =>
        db.insert(candidates).select(sql`
        select ${tenantId}, value ->> 'candidateId', value ->> 'name', value ->> 'email' from ${part}`),
      );
      const addRegistrations = each.map((part) =>
        db.insert(registrations).select(sql`
        select ${tenantId}, value ->> 'registrationId', ${sittingId}, value ->> 'examSessionId', value ->> 'candidateId',
          value ->> 'attemptId', value ->> 'linkHash', ${times.expiresAt}, ${times.notBefore}, null, null, ${now}
        from ${part}`),
      );
      const addAttempts = each.map((part) =>
        db.insert(attempts).select(sql`
        select ${tenantId}, value ->> 'attemptId', value ->> 'examSessionId', 'registered', null, null, null, null, 0, null, 0
        from ${part}`),
      );
      try {
        const details = { candidates: places.length, rooms: rooms.length };
        const entered = acting.enter({ kind: "candidates-added", on: { kind: "sitting", id: sittingId }, details });
        const added = [...addCandidates, ...addRegistrations, ...addAttempts];
        await db.batch([entered, ...openRooms, assignLeads, ...added, keepToLimit(database, tenantId, now)]);
        return "registered";
      } catch (error) {
        if (wasTaken(error)) return "taken";
        if (isOverLimit(error)) return "out-of-credit";
        throw error;
      }
    },

    /** Makes the link before it void. False when that sitting has no such registration. */
    async replaceLink(sittingId: SittingId, id: RegistrationId, linkHash: string, times: LinkTimes): Promise<boolean> {
      const { notBefore: linkNotBefore, expiresAt: linkExpiresAt } = times;
      const fresh = { linkHash, linkNotBefore, linkExpiresAt, linkOpenedAt: null, linkRevokedAt: null };
      const [changed] = await db.batch([
        db.update(registrations).set(fresh).where(isRegistration(sittingId, id)).returning({ id: registrations.id }),
        acting.enter({ kind: "link-replaced", on: { kind: "registration", id } }, isDone),
      ]);
      return changed.length > 0;
    },

    /** Makes the link void. False when that sitting has no such registration, or its link is void already. */
    async revokeLink(sittingId: SittingId, id: RegistrationId, now: EpochMs): Promise<boolean> {
      const isGood = and(isRegistration(sittingId, id), isNull(registrations.linkRevokedAt));
      const [changed] = await db.batch([
        db.update(registrations).set({ linkRevokedAt: now }).where(isGood).returning({ id: registrations.id }),
        acting.enter({ kind: "link-revoked", on: { kind: "registration", id } }, isDone),
      ]);
      return changed.length > 0;
    },

    /**
     * From now on exactly these proctor the sitting: `memberIds` all its rooms, also those opened later, and beside them
     * those of each room. They must be members of the tenant, and the rooms of the sitting.
     */
    async assignProctors(
      sittingId: SittingId,
      { memberIds, rooms }: AssignProctors,
      replaced: Replaced,
    ): Promise<Replacement | "changed-meanwhile"> {
      const sessions = db
        .select({ id: examSessions.id })
        .from(examSessions)
        .where(and(eq(examSessions.tenantId, tenantId), eq(examSessions.sittingId, sittingId)));
      const ofRooms = rooms.flatMap(({ examSessionId, memberIds: each }) => each.map((id) => [examSessionId, id]));
      return unlessChanged(async () => {
        const [, , , , , , [after = { text: null }]] = await db.batch([
          stillAsSeen(database, replaced),
          db
            .delete(proctorAssignments)
            .where(and(eq(proctorAssignments.tenantId, tenantId), inArray(proctorAssignments.examSessionId, sessions))),
          db
            .delete(sittingLeads)
            .where(and(eq(sittingLeads.tenantId, tenantId), eq(sittingLeads.sittingId, sittingId))),
          db.insert(sittingLeads).select(sql`
          select distinct ${tenantId}, ${sittingId}, value from json_each(${JSON.stringify(memberIds)})`),
          db.insert(proctorAssignments).select(sql`
          select ${tenantId}, session.id, assigned.value
          from ${examSessions} as session, json_each(${JSON.stringify(memberIds)}) as assigned
          where session.tenant_id = ${tenantId} and session.sitting_id = ${sittingId}
          union
          select ${tenantId}, session.id, assigned.value ->> 1
          from ${examSessions} as session join json_each(${JSON.stringify(ofRooms)}) as assigned
            on session.id = assigned.value ->> 0
          where session.tenant_id = ${tenantId} and session.sitting_id = ${sittingId}`),
          acting.enter({
            kind: "proctors-assigned",
            on: { kind: "sitting", id: sittingId },
            details: { whole: memberIds.join(" "), rooms: ofRooms.map((pair) => pair.join(":")).join(" ") },
          }),
          asReplaced(database, replaced),
        ]);
        return after;
      });
    },
  };
}

/** Whether a place or a room's number had gone to somebody else. The first is a trigger's word (migrations/0003). */
function wasTaken(error: unknown): boolean {
  return says(error, /\broom-full\b|UNIQUE constraint failed: .*exam_sessions\.number/);
}
