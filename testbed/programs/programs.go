//go:build programs

// Package programs names the programs that testbed/install builds, so that go.mod and go.sum hold all that they need. They
// share one module and so one set of dependencies: what two of them need is compiled once. The replace lines of go.mod
// give Kubernetes its own libraries at its own version; its module names them by folders of its repository, which count
// only while that is the main module.
package programs

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "istio.io/istio/pilot/cmd/pilot-discovery"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
