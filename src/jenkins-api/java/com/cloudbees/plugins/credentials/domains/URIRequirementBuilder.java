package com.cloudbees.plugins.credentials.domains;

import java.util.List;

/** Says that credentials are wanted for an address. */
public class URIRequirementBuilder {

    private URIRequirementBuilder() {}

    public static URIRequirementBuilder fromUri(String uri) {
        return null;
    }

    public List<DomainRequirement> build() {
        return null;
    }
}
