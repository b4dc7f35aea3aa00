/** Packages with components that catch what is thrown inside of them. */
export const BOUNDARY_PACKAGE =
  /^(react-error-boundary|@sentry\/(nextjs|react)|posthog-js\/react|@bugsnag\/plugin-react|@rollbar\/react)$/;

/** Packages with layouts that draw a whole document. */
export const DOCUMENT_PACKAGE = /^@payloadcms\/next\/layouts$/;

/** What Next.js renders by its name. */
export const RENDERED =
  /^(page|layout|template|default|loading|error|global-error|not-found|forbidden|unauthorized)\.[jt]sx?$/;

/** Elements that people find their way with, as layouts call them. */
export const NAVIGATION =
  /<(?:nav|aside|(?:Site|App|Main|Page|Top)?Header|[A-Z]\w{0,40}(?:Nav|Nav[bB]ar|Navigation|Side[bB]ar|SideNav)|Nav|Nav[bB]ar|Navigation|Side[bB]ar|SideNav|Top[bB]ar)[\s/>]/;

/** Elements of a layout that show nothing by themselves: the document and its providers. */
export const UNSEEN =
  /^(?:|html|head|body|script|style|link|meta|title|base|noscript|Fragment|React\.Fragment|(?:React\.)?Suspense|Script|Analytics|SpeedInsights|GoogleAnalytics|GoogleTagManager|\w*(?:Provider|Providers|Context|Boundary|Toaster|ToastContainer|ToastViewport))$|\.Provider$/;

/** A boundary's file. */
export const BOUNDARY_FILE = /^(global-)?error\.[jt]sx?$/;

/** What a component offers to be tried again with. Handing all props on counts. */
export const RETRIES = /\b(reset|retry|unstable_retry|reload|refresh)\b|\{\s*\.\.\./;

/** Modules of the server: what asks for one cannot become a client component. */
export const SERVER_MODULE = /^(server-only|next\/headers|next\/cache|fs|node:.+)$/;
/** Exports that only a server component may have. */
export const SERVER_EXPORTS: ReadonlySet<string> = new Set([
  'metadata',
  'generateMetadata',
  'viewport',
  'revalidate',
  'dynamic',
  'runtime',
]);

/** The names of the panel that boundaries show, in the order in which they are tried. */
export const PANEL_NAMES = ['ErrorPanel', 'PageErrorPanel', 'BoundaryErrorPanel'];
/** The props of the panel: a component of the app's own by that name takes others. */
export const PANEL_PROPS = ['error', 'reset', 'title', 'advice', 'home'];
