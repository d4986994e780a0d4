import { can } from "#domain/access/permission.ts";
import type { ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import { examSessionReader } from "./database/exam-session-reader.ts";
import { memberReader } from "./database/member-reader.ts";
import type { Env } from "./env.ts";
import { examSession } from "./exam-sessions.ts";
import type { Home } from "./home.ts";

type Sessions = Pick<Env, "EXAM_SESSIONS">;

/** Closes a member's consoles in these rooms. After the database knows, so that one that comes back is not let in again. */
export async function dismissFrom(env: Sessions, rooms: readonly ExamSessionId[], memberId: MemberId): Promise<void> {
  await Promise.all(rooms.map((room) => examSession(env, room).dismiss([memberId])));
}

/** Closes the consoles of those of these members who may proctor no more. [K6] */
export async function dismissWhoMayNot(
  env: Sessions,
  { database }: Home,
  tenantId: TenantId,
  memberIds: readonly MemberId[],
): Promise<void> {
  await Promise.all(
    memberIds.map(async (memberId) => {
      const member = await memberReader(database, tenantId).byId(memberId);
      if (member !== null && can(member, "proctor")) return;
      await dismissFrom(env, await examSessionReader(database, tenantId).openRoomsOf(memberId, Date.now()), memberId);
    }),
  );
}
