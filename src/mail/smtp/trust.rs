//! The certificates that are believed: those of the world, or the school's own authority.

use std::fmt;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

/// Whose certificates are believed. There is no way to believe everybody.
#[derive(Clone)]
pub struct Trust(pub(super) Arc<ClientConfig>);

/// Why a file of certificates cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// It is no PEM file with certificates.
    #[error("в файле нет сертификатов в виде «-----BEGIN CERTIFICATE-----»")]
    NoCertificate,
    /// A certificate in it is of no use.
    #[error("сертификат в файле испорчен или не годится для проверки других")]
    Unusable,
}

impl Trust {
    /// Those that browsers believe, and those of a PEM file besides.
    ///
    /// # Errors
    /// When the file holds no certificate that could be used.
    pub fn of(own: Option<&[u8]>) -> Result<Self, TrustError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(pem) = own {
            let certificates: Vec<_> =
                CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().map_err(|_| TrustError::NoCertificate)?;
            if certificates.is_empty() {
                return Err(TrustError::NoCertificate);
            }
            for certificate in certificates {
                roots.add(certificate).map_err(|_| TrustError::Unusable)?;
            }
        }
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| TrustError::Unusable)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trust")
    }
}
