//! Every address that the application answers, as actix itself lists them.

use actix_web::introspection::{IntrospectionNode, IntrospectionTree};

/// One address and one method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The pattern, such as `/tasks/{id}`.
    pub path: String,
    pub method: String,
}

/// All routes, in the order of their addresses.
pub fn all(tree: &IntrospectionTree) -> Vec<Route> {
    let mut routes = Vec::new();
    collect(&tree.root, &mut routes);
    routes.sort();
    routes.dedup();
    routes
}

fn collect(node: &IntrospectionNode, routes: &mut Vec<Route>) {
    routes.extend(node.methods.iter().map(|method| Route {
        path: node.full_path.clone(),
        method: method.to_string(),
    }));
    for child in &node.children {
        collect(child, routes);
    }
}
