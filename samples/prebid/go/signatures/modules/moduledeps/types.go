// Package moduledeps has what a module is built with.
package moduledeps

type ModuleDeps struct{}
