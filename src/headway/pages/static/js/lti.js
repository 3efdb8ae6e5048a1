// What a page of LTI does by itself: send the form that goes back to the platform, or say that it may close the window.

const form = document.querySelector("form[data-lti-send]");
if (form) form.submit();

if (document.querySelector("[data-lti-close]")) {
  const around = window.opener || window.parent;
  if (around !== window) around.postMessage({ subject: "org.imsglobal.lti.close" }, "*");
}
