import { Anchor } from "@mantine/core";
import { NavLink, Outlet } from "react-router";
import { useMe } from "../sign-in/me.ts";
import { SignedInAs } from "../sign-in/signed-in-as.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import styles from "./manage.module.css";
import { may } from "./may.ts";

/** The frame of every page of `/manage`: where one can go, who is signed in. */
export function ManageLayout() {
  const { roles } = useMe();
  const places = [
    { to: "/manage/exams", name: "Exams", isOffered: may(roles, "read-exams") },
    { to: "/manage/sittings", name: "Sittings", isOffered: may(roles, "read-sittings") },
    { to: "/manage/audit", name: "Audit", isOffered: may(roles, "read-audit") },
    { to: "/proctor", name: "Live sessions", isOffered: may(roles, "proctor") },
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
