"""the whole field

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-27 22:00:00

Only adds: the version before this one goes on serving while it runs.
"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

ID = 40


def voice():
    return sa.Column(
        'voice',
        sa.Enum('together', 'staff', 'people', name='voice', native_enum=False, create_constraint=True, length=20),
        nullable=False,
    )


def upgrade():
    op.create_table('release_moments',
    sa.Column('release_id', sa.Uuid(), nullable=False),
    voice(),
    sa.Column('measure', sa.String(length=80), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('s1', sa.Float(), nullable=False),
    sa.Column('s2', sa.Float(), nullable=False),
    sa.Column('items', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_moments_release_id_release'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('release_id', 'voice', 'measure', name=op.f('pk_release_moments')),
    sqlite_with_rowid=False
    )
    op.create_table('snapshot_quality',
    sa.Column('snapshot_id', sa.Uuid(), nullable=False),
    sa.Column('questionnaire', sa.String(length=ID), nullable=False),
    sa.Column('questionnaire_version', sa.String(length=ID), nullable=False),
    voice(),
    sa.Column('principle', sa.String(length=ID), nullable=False),
    sa.Column('origin_id', sa.Uuid(), nullable=True),
    sa.Column('services', sa.Integer(), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.Column('complete', sa.Integer(), nullable=False),
    sa.Column('alpha', sa.Float(), nullable=True),
    sa.Column('alpha_low', sa.Float(), nullable=True),
    sa.Column('alpha_high', sa.Float(), nullable=True),
    sa.Column('icc1', sa.Float(), nullable=True),
    sa.Column('icc2', sa.Float(), nullable=True),
    sa.Column('statements', sa.Text(), server_default=sa.text("''"), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['origin_id'], ['snapshot.id'], name=op.f('fk_snapshot_quality_origin_id_snapshot')),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_snapshot_quality_snapshot_id_snapshot'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('snapshot_id', 'questionnaire', 'questionnaire_version', 'voice', 'principle', name=op.f('pk_snapshot_quality')),
    sqlite_with_rowid=False
    )
    op.create_table('open_data',
    sa.Column('year', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('snapshot_id', sa.Uuid(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['snapshot_id'], ['snapshot.id'], name=op.f('fk_open_data_snapshot_id_snapshot')),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_open_data'))
    )
    # A plain ALTER: to make the table anew would take long where there are many snapshots, and lock it meanwhile.
    op.add_column('snapshot_cell', sa.Column('bins', sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column('snapshot_cell', sa.Column('tau', sa.Float(), nullable=True))
    op.add_column('snapshot_cell', sa.Column('icc1', sa.Float(), nullable=True))


def downgrade():
    op.drop_column('snapshot_cell', 'icc1')
    op.drop_column('snapshot_cell', 'tau')
    op.drop_column('snapshot_cell', 'bins')
    op.drop_table('open_data')
    op.drop_table('snapshot_quality')
    op.drop_table('release_moments')
