import { Navigate } from "react-router";
import { useMe } from "../sign-in/me.ts";
import { may } from "../manage/may.ts";
import { EmptyState } from "../ui/empty-state.tsx";

/** `/manage` itself has nothing of its own: it leads to what the member may see. */
export function Component() {
  const { roles } = useMe();
  if (may(roles, "read-exams")) return <Navigate to="/manage/exams" replace />;
  if (may(roles, "read-sittings")) return <Navigate to="/manage/sittings" replace />;
  if (may(roles, "proctor")) return <Navigate to="/proctor" replace />;
  return (
    <EmptyState title="There is nothing for you to manage yet">
      Your account has no role. Ask an administrator of your institution to give you one.
    </EmptyState>
  );
}
