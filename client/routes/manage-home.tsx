import { Navigate } from "react-router";
import { can } from "#domain/access/permission.ts";
import { useMe } from "../sign-in/me.ts";
import { EmptyState } from "../ui/empty-state.tsx";

/** `/manage` itself has nothing of its own: it leads to what the member may see. */
export function Component() {
  const me = useMe();
  if (can(me, "read-exams")) return <Navigate to="/manage/exams" replace />;
  if (can(me, "read-sittings")) return <Navigate to="/manage/sittings" replace />;
  if (can(me, "see-billing")) return <Navigate to="/manage/ledger" replace />;
  if (can(me, "proctor")) return <Navigate to="/proctor" replace />;
  return (
    <EmptyState title="There is nothing for you to manage yet">
      Your account has no role. Ask an administrator of your institution to give you one.
    </EmptyState>
  );
}
