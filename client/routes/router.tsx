import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Loading } from "../ui/loading.tsx";
import { RouteError } from "../ui/route-error.tsx";

/** Each page is a chunk of its own. A page's module exports `Component`. The candidate's page is chosen in ../main.tsx. */
const router = createBrowserRouter([
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <Loading what="the page" />,
    children: [
      { index: true, lazy: () => import("./home.tsx") },
      { path: "sit/*", loader: () => reloadDocument() },
      { path: "check", lazy: () => import("./check.tsx") },
      { path: "check/:code", lazy: () => import("./check-result.tsx") },
      { path: "invitation", lazy: () => import("./invitation.tsx") },
      { path: "sign-in", lazy: () => import("./sign-in.tsx") },
      { path: "docs", lazy: () => import("./api-reference.tsx") },
      {
        path: "manage",
        lazy: () => import("./manage.tsx"),
        children: [
          { index: true, lazy: () => import("./manage-home.tsx") },
          { path: "exams", lazy: () => import("./exams.tsx") },
          { path: "exams/:examId", lazy: () => import("./exam.tsx") },
          { path: "account", lazy: () => import("./account.tsx") },
          { path: "audit", lazy: () => import("./audit.tsx") },
          { path: "keys", lazy: () => import("./keys.tsx") },
          { path: "ledger", lazy: () => import("./ledger.tsx") },
          { path: "mail", lazy: () => import("./mail.tsx") },
          { path: "webhooks", lazy: () => import("./webhooks.tsx") },
          { path: "webhooks/:webhookId", lazy: () => import("./webhook.tsx") },
          { path: "members", lazy: () => import("./members.tsx") },
          { path: "institution", lazy: () => import("./institution.tsx") },
          { path: "retention", lazy: () => import("./retention.tsx") },
          { path: "roles", lazy: () => import("./roles.tsx") },
          { path: "sign-in", lazy: () => import("./manage-sign-in.tsx") },
          { path: "sittings", lazy: () => import("./sittings.tsx") },
          { path: "sittings/:sittingId", lazy: () => import("./sitting.tsx") },
        ],
      },
      { path: "proctor", lazy: () => import("./proctor.tsx") },
      { path: "proctor/sittings/:sittingId", lazy: () => import("./whole-sitting.tsx") },
      { path: "proctor/:examSessionId", lazy: () => import("./exam-session.tsx") },
      { path: "review/:attemptId", lazy: () => import("./review.tsx") },
      { path: "*", lazy: () => import("./not-found.tsx") },
    ],
  },
]);

export function Component() {
  return <RouterProvider router={router} />;
}

/** A link to the candidate's page, followed inside a console: the browser has to load it, and never comes back here. */
function reloadDocument(): Promise<never> {
  window.location.reload();
  return new Promise(() => {});
}
