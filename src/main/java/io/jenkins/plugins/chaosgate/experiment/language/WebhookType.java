package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ALLOWED_BREACHES;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.DECIDE;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.LASTING;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.NAME;

import io.jenkins.plugins.chaosgate.experiment.Bounds;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.Webhook;
import java.net.URI;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A check of the user's own, whose value is 1 when all is well. */
final class WebhookType extends ObjectType<Webhook> {

    private static final Field<Webhook, URI> URL = Field.required(
            "url",
            new UrlType(),
            "An http or https address without a user or a password; a GET of it answers 2xx when all is well.",
            Webhook::url);

    WebhookType() {
        super(
                "webhook",
                "A check of one's own, asked by HTTP.",
                Webhook.class,
                List.of(NAME, URL, DECIDE, ALLOWED_BREACHES, LASTING));
    }

    @Override
    Webhook make(Values values) {
        return new Webhook(
                values.get(NAME),
                values.get(URL),
                new Judging(
                        Bounds.atLeast(1),
                        OptionalDouble.empty(),
                        values.get(ALLOWED_BREACHES),
                        values.find(LASTING),
                        values.find(DECIDE),
                        OptionalDouble.empty(),
                        OptionalLong.empty()));
    }
}
