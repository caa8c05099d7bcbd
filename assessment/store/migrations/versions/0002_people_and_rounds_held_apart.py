"""people, and rounds held apart

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-27 10:08:46.602069

On SQLite a table is made anew to change its checks, and has to be told again to be WITHOUT ROWID. env.py turns foreign keys off meanwhile, or dropping the old
table would delete what refers to it.
"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

CONVENTION = {"ck": "ck_%(table_name)s_%(constraint_name)s"}
APART = "mode = 'together' OR (closes_on IS NOT NULL AND hear_by IS NOT NULL)"
SECRET = "(voice = 'together') = (secret_hash IS NULL)"
TOGETHER = sa.text("voice = 'together'")
OLD_STATE, STATE = ("open", "released"), ("planned", "open", "closed", "released", "cancelled")
OLD_PURPOSE = ("owner", "reader", "organisation")
PURPOSE = (*OLD_PURPOSE, "offer", "invitation", "staff", "people", "entry")
ROUND_DATES = ("closes_on", "hear_by", "agreed_on")
ROUND_NUMBERS = ("staff_expected", "people_expected")
ROUND_TEXTS = ("asked_by", "told", "support", "cancelled_because")


def checked(*values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def only_added():
    """Triggers that let no row of the audit trail be changed, nor taken out before six years have gone by.

    By the database's own clock, so that no fault of the application, and nobody who speaks through it, can hurry.
    """
    if of_sqlite():
        return [
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
            "WHEN OLD.at >= datetime('now', '-6 years') "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END",
        ]
    return [
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "FOR EACH ROW WHEN (OLD.at >= (now() AT TIME ZONE 'utc') - INTERVAL '6 years') "
        "EXECUTE FUNCTION audit_only_added()",
    ]


def no_longer_only_added():
    if of_sqlite():
        return ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
    return [
        "DROP TRIGGER audit_no_change ON audit",
        "DROP TRIGGER audit_no_delete ON audit",
        "DROP FUNCTION audit_only_added()",
    ]


def altered(table, rowid=True):
    kept = {} if rowid else {"sqlite_with_rowid": False}
    return op.batch_alter_table(table, table_kwargs=kept, naming_convention=CONVENTION)


def of_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def added(batch_op, name, type_, default):
    """A column that old rows have, too, and that the version before this one need not know to write a row."""
    batch_op.add_column(sa.Column(name, type_, nullable=False, server_default=default))


def kinds_changed(batch_op, column, old, new):
    batch_op.alter_column(
        column, existing_type=checked(*old, name=column), type_=checked(*new, name=column), existing_nullable=False
    )


def upgrade():
    op.create_table('audit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.String(length=60), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('service_id', sa.Uuid(), nullable=True),
    sa.Column('of', sa.Uuid(), nullable=True),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index('ix_audit_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_organisation_id', ['organisation_id', 'at'], unique=False)

    op.create_table('mail_stop',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_mail_stop'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.Enum('sign-in', 'offer', 'invite', 'remind', 'hear', 'expire', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('of', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'done', 'failed', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_state', ['state', 'due_at'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=True),
    sa.Column('email_key', sa.String(length=320), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('erased_on', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email_key', name=op.f('uq_person_email_key'))
    )
    op.create_table('rate',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_rate'))
    )
    op.create_table('identity',
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_identity_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('issuer', 'subject', name=op.f('pk_identity'))
    )
    op.create_table('passkey',
    sa.Column('id', sa.String(length=1400), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_passkey_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index('ix_passkey_person_id', ['person_id'], unique=False)

    op.create_table('provider',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('issuer', sa.String(length=200), nullable=False),
    sa.Column('client_id', sa.String(length=255), nullable=False),
    sa.Column('client_secret_sealed', sa.Text(), nullable=False),
    sa.Column('domains', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_provider_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('organisation_id', name=op.f('pk_provider')),
    sa.UniqueConstraint('issuer', name=op.f('uq_provider_issuer'))
    )
    op.create_table('sign_in',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('way', sa.Enum('link', 'passkey', 'provider', 'demo', name='way', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('browser', sa.String(length=100), nullable=False),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('id', name=op.f('uq_sign_in_id'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_person_id', ['person_id'], unique=False)

    op.create_table('sign_in_link',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_link_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_sign_in_link'))
    )
    op.create_table('sign_in_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_request_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_request'))
    )
    op.create_table('claim',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'accepted', 'declined', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_claim_decided_by_person')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_claim_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim'))
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index('ix_claim_service_id', ['service_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('service member', 'service lead', 'organisation lead', 'network analyst', 'network admin', name='role', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('service_id', sa.Uuid(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.CheckConstraint("(role IN ('service member', 'service lead') AND service_id IS NOT NULL AND organisation_id IS NULL) OR (role = 'organisation lead' AND organisation_id IS NOT NULL AND service_id IS NULL) OR (role IN ('network analyst', 'network admin') AND organisation_id IS NULL AND service_id IS NULL)", name=op.f('ck_membership_of_one_place')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_membership_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_organisation_id', ['organisation_id'], unique=False)
        batch_op.create_index('ix_membership_person_id', ['person_id'], unique=False)
        batch_op.create_index('ix_membership_service_id', ['service_id'], unique=False)

    op.create_table('offer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('email_key', sa.String(length=320), nullable=False),
    sa.Column('role', sa.Enum('service member', 'service lead', 'organisation lead', 'network analyst', 'network admin', name='role', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('service_id', sa.Uuid(), nullable=True),
    sa.Column('offered_by', sa.Uuid(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'bounced', 'accepted', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.CheckConstraint("(role IN ('service member', 'service lead') AND service_id IS NOT NULL AND organisation_id IS NULL) OR (role = 'organisation lead' AND organisation_id IS NOT NULL AND service_id IS NULL) OR (role IN ('network analyst', 'network admin') AND organisation_id IS NULL AND service_id IS NULL)", name=op.f('ck_offer_of_one_place')),
    sa.ForeignKeyConstraint(['offered_by'], ['person.id'], name=op.f('fk_offer_offered_by_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_offer_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_offer_service_id_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer'))
    )
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.create_index('ix_offer_organisation_id', ['organisation_id'], unique=False)
        batch_op.create_index('ix_offer_service_id', ['service_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('email_key', sa.String(length=320), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'bounced', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('answered_sealed', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_invitation_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('round_id', 'email_key', name=op.f('uq_invitation_round_id')),
    sqlite_with_rowid=False
    )
    op.create_table('mark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_mark_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.create_index('ix_mark_round_id', ['round_id'], unique=False)

    op.create_table('reply',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('well', sa.Text(), nullable=False),
    sa.Column('to_work_on', sa.Text(), nullable=False),
    sa.Column('will_do', sa.Text(), nullable=False),
    sa.Column('by_when', sa.Text(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_reply_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_reply'))
    )
    op.create_table('so_far',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('voice', sa.Enum('staff', 'people', name='voice', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_so_far_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'voice', name=op.f('pk_so_far')),
    sqlite_with_rowid=False
    )
    op.create_table('tally',
    sa.Column('round_id', sa.Uuid(), nullable=False),
    sa.Column('voice', sa.Enum('staff', 'people', name='voice', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('kind', sa.Enum('perspective', 'minutes', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_tally_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'voice', 'kind', 'value', name=op.f('pk_tally')),
    sqlite_with_rowid=False
    )
    with altered("link") as batch_op:
        kinds_changed(batch_op, "purpose", OLD_PURPOSE, PURPOSE)

    op.add_column("department", sa.Column("archived_on", sa.Date(), nullable=True))

    with altered("draft", rowid=False) as batch_op:
        batch_op.add_column(sa.Column("secret_hash", sa.String(length=64), nullable=True))
        batch_op.drop_constraint("uq_draft_round_id", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_draft_secret_hash"), ["secret_hash"])
        batch_op.create_check_constraint(batch_op.f("ck_draft_alone_has_its_secret"), SECRET)
        batch_op.create_index("ix_draft_round_id", ["round_id"])
        batch_op.create_index(
            "uq_draft_together", ["round_id"], unique=True, sqlite_where=TOGETHER, postgresql_where=TOGETHER
        )

    with altered("draft_answer", rowid=False) as batch_op:
        added(batch_op, "private", sa.Boolean(), sa.false())

    with altered("organisation") as batch_op:
        batch_op.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        added(batch_op, "passkeys", sa.Boolean(), sa.false())
        batch_op.drop_constraint("uq_organisation_name_key", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_organisation_name_key"), ["name_key", "kind", "region"])

    with altered("release_cell", rowid=False) as batch_op:
        batch_op.add_column(sa.Column("low_x10", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("high_x10", sa.SmallInteger(), nullable=True))
        added(batch_op, "bound", checked("", "or below", "or above", name="bound"), "")
        added(batch_op, "band", checked("", "low", "middle", "high", name="band"), "")
        added(batch_op, "counts", sa.Text(), "")
        added(batch_op, "agreement", checked("", "agree", "mixed", "split", name="agreement"), "")

    with altered("response", rowid=False) as batch_op:
        batch_op.add_column(sa.Column("code_hash", sa.String(length=64), nullable=True))
        added(batch_op, "may_be_seen", sa.Boolean(), sa.false())
        batch_op.create_unique_constraint(batch_op.f("uq_response_code_hash"), ["code_hash"])

    with altered("response_text", rowid=False) as batch_op:
        added(batch_op, "private", sa.Boolean(), sa.false())

    with altered("round") as batch_op:
        kinds_changed(batch_op, "state", OLD_STATE, STATE)
        for name in ROUND_DATES:
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in ROUND_NUMBERS:
            added(batch_op, name, sa.SmallInteger(), "0")
        for name in ROUND_TEXTS:
            added(batch_op, name, sa.Text(), "")
        batch_op.create_check_constraint(batch_op.f("ck_round_apart_has_its_dates"), APART)
        batch_op.create_index("ix_round_state", ["state", "closes_on"])

    for statement in only_added():
        op.execute(statement)


def downgrade():
    # What the version before has no place for: rounds held apart, with all that hangs on them.
    op.execute("DELETE FROM round WHERE mode = 'apart' OR state NOT IN ('open', 'released')")
    op.execute("DELETE FROM link WHERE purpose NOT IN ('owner', 'reader', 'organisation')")
    for statement in no_longer_only_added():
        op.execute(statement)

    with altered("round") as batch_op:
        batch_op.drop_index("ix_round_state")
        batch_op.drop_constraint(batch_op.f("ck_round_apart_has_its_dates"), type_="check")
        kinds_changed(batch_op, "state", STATE, OLD_STATE)
        for name in (*ROUND_DATES, *ROUND_NUMBERS, *ROUND_TEXTS):
            batch_op.drop_column(name)

    with altered("response_text", rowid=False) as batch_op:
        batch_op.drop_column("private")

    with altered("response", rowid=False) as batch_op:
        batch_op.drop_constraint("uq_response_code_hash", type_="unique")
        batch_op.drop_column("may_be_seen")
        batch_op.drop_column("code_hash")

    with altered("release_cell", rowid=False) as batch_op:
        for name in ("agreement", "band", "bound"):
            batch_op.drop_constraint(batch_op.f(f"ck_release_cell_{name}"), type_="check")
        for name in ("agreement", "counts", "band", "bound", "high_x10", "low_x10"):
            batch_op.drop_column(name)

    with altered("organisation") as batch_op:
        batch_op.drop_constraint("uq_organisation_name_key", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_organisation_name_key"), ["name_key"])
        batch_op.drop_column("passkeys")
        batch_op.drop_column("left_on")

    with altered("draft_answer", rowid=False) as batch_op:
        batch_op.drop_column("private")

    with altered("draft") as batch_op:
        batch_op.drop_index("uq_draft_together")
        batch_op.drop_index("ix_draft_round_id")
        batch_op.drop_constraint(batch_op.f("ck_draft_alone_has_its_secret"), type_="check")
        batch_op.drop_constraint("uq_draft_secret_hash", type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_draft_round_id"), ["round_id"])
        batch_op.drop_column("secret_hash")

    with altered("link") as batch_op:
        kinds_changed(batch_op, "purpose", PURPOSE, OLD_PURPOSE)

    with altered("department") as batch_op:
        batch_op.drop_column("archived_on")

    op.drop_table('tally')
    op.drop_table('so_far')
    op.drop_table('reply')
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.drop_index('ix_mark_round_id')

    op.drop_table('mark')
    op.drop_table('invitation')
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_index('ix_offer_service_id')
        batch_op.drop_index('ix_offer_organisation_id')

    op.drop_table('offer')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('ix_membership_service_id')
        batch_op.drop_index('ix_membership_person_id')
        batch_op.drop_index('ix_membership_organisation_id')

    op.drop_table('membership')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index('ix_claim_service_id')

    op.drop_table('claim')
    op.drop_table('sign_in_request')
    op.drop_table('sign_in_link')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_person_id')

    op.drop_table('sign_in')
    op.drop_table('provider')
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index('ix_passkey_person_id')

    op.drop_table('passkey')
    op.drop_table('identity')
    op.drop_table('rate')
    op.drop_table('person')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_state')

    op.drop_table('outbox')
    op.drop_table('mail_stop')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_organisation_id')
        batch_op.drop_index('ix_audit_at')

    op.drop_table('audit')
