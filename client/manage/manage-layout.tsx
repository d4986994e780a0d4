import { Anchor } from "@mantine/core";
import { NavLink, Outlet } from "react-router";
import { can } from "#domain/access/permission.ts";
import { useMe } from "../sign-in/me.ts";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import styles from "./manage.module.css";

/** The frame of every page of `/manage`: where one can go, who is signed in. */
export function ManageLayout() {
  const me = useMe();
  const places = [
    { to: "/manage/exams", name: "Exams", isOffered: can(me, "read-exams") },
    { to: "/manage/sittings", name: "Sittings", isOffered: can(me, "read-sittings") },
    { to: "/manage/members", name: "Members", isOffered: can(me, "read-members") },
    { to: "/manage/ledger", name: "Ledger", isOffered: can(me, "see-billing") },
    { to: "/manage/keys", name: "Keys", isOffered: can(me, "manage-keys") },
    { to: "/manage/mail", name: "Mail", isOffered: can(me, "schedule") },
    { to: "/manage/webhooks", name: "Webhooks", isOffered: can(me, "manage-webhooks") },
    { to: "/manage/sign-in", name: "Sign-in", isOffered: can(me, "manage-sign-in") },
    { to: "/manage/retention", name: "Retention", isOffered: can(me, "manage-retention") },
    { to: "/manage/institution", name: "Institution", isOffered: can(me, "manage-institution") },
    { to: "/manage/audit", name: "Audit", isOffered: can(me, "read-audit") },
    { to: "/proctor", name: "Live sessions", isOffered: can(me, "proctor") },
    { to: "/manage/account", name: "Your account", isOffered: true },
  ];
  return (
    <PageFrame title="Manage" wide aside={<SignedInAs />}>
      <div className={styles["page"]}>
        <nav aria-label="Manage" className={styles["nav"]}>
          {places
            .filter(({ isOffered }) => isOffered)
            .map(({ to, name }) => (
              <Anchor key={to} component={NavLink} to={to} className={styles["place"]}>
                {name}
              </Anchor>
            ))}
        </nav>
        <Outlet />
      </div>
    </PageFrame>
  );
}
