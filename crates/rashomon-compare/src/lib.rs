//! Here are everybody's claims: which speak of one incident, agree, clash, or repeat another?
