import { type ReactNode, useMemo } from "react";
import type { ExamSession } from "#protocol/http/sitting.ts";
import { RequestProblemError } from "../http/request-problem-error.ts";
import { ProblemReport } from "../http/problem-report.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { roomName } from "../ui/room-words.ts";
import { ConsolePage } from "./console-page.tsx";
import { useMyRooms } from "./my-rooms.ts";
import type { WatchedRoom } from "./room-lines.ts";

type MyConsoleProps = { readonly isWatched: (room: ExamSession) => boolean; readonly account: ReactNode };

/** The console of those of my rooms that are wanted: a whole sitting, or one of its rooms. */
export function MyConsole({ isWatched, account }: MyConsoleProps) {
  const query = useMyRooms();
  // The same rooms are the same list: asking again must not connect anew.
  const wanted = query.data?.filter(isWatched) ?? [];
  const text = JSON.stringify(wanted.map(watchedOf));
  const rooms = useMemo(() => JSON.parse(text) as readonly WatchedRoom[], [text]);
  if (rooms.length > 0) return <ConsolePage key={wanted[0]?.id} rooms={rooms} account={account} />;
  return (
    <PageFrame title="Console" aside={account}>
      {query.isPending ? (
        <Loading what="your exam sessions" />
      ) : query.error instanceof RequestProblemError ? (
        <ProblemReport problem={query.error.problem} onRetry={() => void query.refetch()} />
      ) : (
        <EmptyState title="This exam session is not yours to watch">
          An administrator assigns proctors on the page of a sitting. As soon as that is done, this page shows it.
        </EmptyState>
      )}
    </PageFrame>
  );
}

function watchedOf({ examSessionId, number, roomCount }: ExamSession): WatchedRoom {
  return { examSessionId, name: roomCount > 1 ? roomName(number) : null };
}
