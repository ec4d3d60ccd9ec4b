package hudson.model;

/** An item that can stand in Jenkins itself. */
public interface TopLevelItem extends Item {}
