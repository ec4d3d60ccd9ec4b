package hudson.model;

/** Something that items stand in: Jenkins itself, a folder. */
public interface ItemGroup<T extends Item> extends ModelObject {

    String getFullName();
}
