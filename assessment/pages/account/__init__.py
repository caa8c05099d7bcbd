"""Signing in without a password, and what a person with an account has and decides here."""

from assessment.pages.account import erasure, home, passkeys, provider, sign_in, sign_ins, you
from assessment.pages.account.blueprint import blueprint

__all__ = ["blueprint", "erasure", "home", "passkeys", "provider", "sign_in", "sign_ins", "you"]
