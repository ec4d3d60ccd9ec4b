package hudson.model;

/** The remote interface of an exported bean. */
public class Api {

    public Api(Object bean) {}
}
