// Run at each start of `mvn -Pjenkins hpi:run`, never packaged: a target that points at the bed that testbed/up has brought up,
// and the talk's pipeline as a job, ready to press Build.
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SecretBytes
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import hudson.model.ParametersDefinitionProperty
import hudson.model.ChoiceParameterDefinition
import io.jenkins.plugins.chaosgate.pipeline.target.ChaosGateConfiguration
import io.jenkins.plugins.chaosgate.pipeline.target.ClusterTarget
import jenkins.model.Jenkins
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def project = new File(System.getProperty('chaosgate.project'))

def job = Jenkins.get().getItem('talk') ?: Jenkins.get().createProject(WorkflowJob, 'talk')
job.definition = new CpsFlowDefinition(new File(project, 'examples/jenkins/release-gate.jenkinsfile').getText('UTF-8'), true)
job.removeProperty(ParametersDefinitionProperty)
job.addProperty(new ParametersDefinitionProperty(new ChoiceParameterDefinition(
    'CANARY', ['v2', 'v3'] as String[], 'v2 breaks without ratings and is stopped; v3 falls back and is promoted')))
job.save()

def address = new File(project, 'testbed/.run/up.properties')
if (!address.exists()) {
    println 'Chaos Gate: no bed is up. Run testbed/up, wait until it is, and start this Jenkins again.'
    return
}
def bed = new Properties()
address.withInputStream { bed.load(it) }

def store = SystemCredentialsProvider.instance
store.credentials.removeIf { it instanceof FileCredentialsImpl && it.id == 'bed' }
store.credentials.add(new FileCredentialsImpl(CredentialsScope.SYSTEM, 'bed', 'The bed of testbed/up', 'kubeconfig',
    SecretBytes.fromRawBytes(new File(bed.getProperty('kubeconfig')).bytes)))
store.save()

def target = new ClusterTarget('bed')
target.kubernetesCredentialsId = 'bed'
target.prometheusUrl = bed.getProperty('prometheus')
target.namespaces = ['bookinfo']
ChaosGateConfiguration.get().targets = [target]
println "Chaos Gate: the target 'bed' points at ${bed.getProperty('prometheus')}; press Build in the job 'talk'."
