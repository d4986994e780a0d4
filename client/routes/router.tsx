import { createBrowserRouter } from "react-router";
import { Loading } from "../ui/loading.tsx";
import { RouteError } from "../ui/route-error.tsx";

/**
 * Each page is a chunk of its own, so that a candidate never loads a console. A page's module exports `Component`.
 * The candidate's two addresses are one page: `/sit#<token>` becomes `/sit/<attemptId>` without being made anew.
 */
export const router = createBrowserRouter([
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <Loading what="the page" />,
    children: [
      { index: true, lazy: () => import("./home.tsx") },
      { path: "sit/:attemptId?", lazy: () => import("./sit.tsx") },
      { path: "sign-in", lazy: () => import("./sign-in.tsx") },
      {
        path: "manage",
        lazy: () => import("./manage.tsx"),
        children: [
          { index: true, lazy: () => import("./manage-home.tsx") },
          { path: "exams", lazy: () => import("./exams.tsx") },
          { path: "exams/:examId", lazy: () => import("./exam.tsx") },
          { path: "sittings", lazy: () => import("./sittings.tsx") },
          { path: "sittings/:sittingId", lazy: () => import("./sitting.tsx") },
        ],
      },
      { path: "proctor", lazy: () => import("./proctor.tsx") },
      { path: "proctor/:examSessionId", lazy: () => import("./exam-session.tsx") },
      { path: "review/:attemptId", lazy: () => import("./review.tsx") },
      { path: "*", lazy: () => import("./not-found.tsx") },
    ],
  },
]);
