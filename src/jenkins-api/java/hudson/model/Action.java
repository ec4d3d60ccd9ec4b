package hudson.model;

/** Something that adds to a page of a model object, and may have pages of its own. */
public interface Action extends ModelObject {

    String getIconFileName();

    @Override
    String getDisplayName();

    String getUrlName();
}
