package org.kohsuke.stapler;

/** Makes answers. */
public class HttpResponses {

    public static HttpResponse redirectToDot() {
        return null;
    }

    public static HttpResponseException redirectViaContextPath(String relative) {
        return null;
    }

    public static HttpResponseException errorWithoutStack(int code, String errorMessage) {
        return null;
    }

    /** An answer that can be thrown. */
    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {

        private static final long serialVersionUID = 1;

        protected HttpResponseException() {}
    }
}
