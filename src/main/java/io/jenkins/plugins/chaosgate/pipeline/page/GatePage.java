package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.chaosgate.report.JsonReport;
import java.io.IOException;
import java.time.Instant;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** The page of one gate, running or finished. Whoever gets here may read the build: Jenkins has seen to that. */
@ExportedBean
public final class GatePage implements ModelObject {

    private final Run<?, ?> run;
    private final GateEntry entry;

    GatePage(Run<?, ?> run, GateEntry entry) {
        this.run = run;
        this.entry = entry;
    }

    @Override
    public String getDisplayName() {
        return entry.getName();
    }

    /** The build; the frame of the page asks for it by this name. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** Its address below that of Jenkins, with a slash at its end. */
    public String getUrl() {
        return run.getUrl() + GatesAction.URL + "/" + entry.getId() + "/";
    }

    /** What the build remembers of the gate. */
    @Exported(merge = true)
    public GateEntry getEntry() {
        return entry;
    }

    /** Whether it has yet to end, as far as the build knows. */
    public boolean isRunning() {
        return getState() == GateState.RUNNING;
    }

    /** Whether it may still be running, and the user may end it. */
    public boolean isStoppable() {
        return entry.getVerdict() == null && run.hasPermission(Item.CANCEL);
    }

    /** How it stands, as far as the build knows. */
    @Exported
    public GateState getState() {
        return GateState.of(entry, run.isBuilding());
    }

    /** What there is to show, as of now. */
    public GateView getView() {
        return GateView.of(run, entry, Instant.now());
    }

    /** The remote interface. */
    public Api getApi() {
        return new Api(this);
    }

    /** The gate as JSON, all of it. */
    @WebMethod(name = "report.json")
    public void doReport(StaplerResponse2 response) throws IOException {
        GateView view = getView();
        String report = view.snapshot()
                .map(JsonReport::of)
                .orElseThrow(() -> HttpResponses.errorWithoutStack(404, view.trouble()));
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().print(report);
    }

    /** Ends the gate early, on somebody's wish. */
    @POST
    public HttpResponse doStop() {
        run.checkPermission(Item.CANCEL);
        User user = User.current();
        String why = "rolled back from its page by " + (user == null ? "somebody unknown" : user.getDisplayName());
        boolean stopping =
                ExtensionList.lookup(GateStopper.class).stream().anyMatch(gates -> gates.stop(entry.getId(), why));
        if (!stopping) {
            throw HttpResponses.errorWithoutStack(
                    409, "The gate " + entry.getId() + " is not running here any more. Go back and reload its page.");
        }
        return HttpResponses.redirectToDot();
    }
}
