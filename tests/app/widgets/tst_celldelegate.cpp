// Delegates paint without a window: what a cell shows, how long a bar is, where an id is copied.
#include "app/widgets/celldelegate.h"

#include "app/look/palette.h"
#include "app/look/statuslook.h"
#include "app/widgets/roles.h"
#include "app/widgets/statusbadge.h"

#include <QPainter>
#include <QStandardItemModel>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::CellDelegate;
using conductor::ExecutionStatus;
using conductor::StatusFamily;

class TestCellDelegate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<QStandardItemModel>(1, 1);
        m_option = {};
        m_option.rect = {0, 0, 240, 26};
        m_option.palette = app::lightPalette();
    }

    void statusIsGlyphAndWordInItsColour()
    {
        set(QVariant::fromValue(app::statusLook(ExecutionStatus::Failed)), app::StatusRole);
        const QImage image = painted(app::StatusDelegate());
        QVERIFY(has(image, app::familyColor(StatusFamily::Bad, m_option.palette)));
        QVERIFY(has(image, app::familyWash(StatusFamily::Bad, m_option.palette)));
        QVERIFY(app::StatusDelegate().sizeHint(m_option, index()).width() > app::statusBadgeSize(app::statusLook(ExecutionStatus::Failed), {}).width());
    }

    void barsCompareDurations_data()
    {
        QTest::addColumn<double>("share");
        QTest::newRow("none") << 0.0;
        QTest::newRow("half") << 0.5;
        QTest::newRow("whole") << 1.0;
        QTest::newRow("too much") << 7.0;
    }

    void barsCompareDurations()
    {
        QFETCH(double, share);
        set(u"1.2 s"_s, Qt::DisplayRole);
        set(QVariant::fromValue(app::statusLook(ExecutionStatus::Completed)), app::StatusRole);
        set(1.0, app::ShareRole);
        const int whole = barLength(painted(app::DurationDelegate()));
        QVERIFY(whole > 60);
        set(share, app::ShareRole);
        const int bar = barLength(painted(app::DurationDelegate()));
        QVERIFY2(std::abs(bar - int(whole * std::min(share, 1.0))) <= 2, qPrintable(u"%1 of %2"_s.arg(bar).arg(whole)));
    }

    void leavesTheBarOutWhereItSaysNothing()
    {
        set(u"1.2 s"_s, Qt::DisplayRole);
        set(QVariant::fromValue(app::statusLook(ExecutionStatus::Completed)), app::StatusRole);
        set(1.0, app::ShareRole);
        m_option.rect.setWidth(100);
        QCOMPARE(barLength(painted(app::DurationDelegate())), 0);
    }

    void copiesAnIdWhereItsButtonIs()
    {
        set(u"f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s, Qt::DisplayRole);
        app::IdDelegate delegate;
        QSignalSpy copies(&delegate, &app::IdDelegate::copyRequested);
        QVERIFY(!click(delegate, {10, 13}));
        QCOMPARE(copies.size(), 0);
        QVERIFY(click(delegate, app::IdDelegate::copyRect(m_option.rect).center()));
        QCOMPARE(copies.size(), 1);
        QCOMPARE(copies[0][0].toString(), u"f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s);
    }

    void offersTheCopyOnlyUnderThePointer()
    {
        set(u"f38e0b97-14c7-4d3d-883a-3db0e8cdc410"_s, Qt::DisplayRole);
        const QRect copy = app::IdDelegate::copyRect(m_option.rect);
        m_option.rect.setWidth(240);
        m_option.state = QStyle::State_MouseOver;
        const QImage hovered = painted(app::IdDelegate());
        QVERIFY(has(hovered.copy(copy), m_option.palette.color(QPalette::Text)));
        m_option.state = {};
        QVERIFY(!has(painted(app::IdDelegate()).copy(copy), m_option.palette.color(QPalette::Text)));
    }

    void rowsHaveTheirDensity()
    {
        CellDelegate delegate;
        QCOMPARE(delegate.sizeHint(m_option, index()).height(), app::Metrics::tableRow(app::Density::Comfortable));
        delegate.setDensity(app::Density::Dense);
        QCOMPARE(delegate.sizeHint(m_option, index()).height(), app::Metrics::tableRow(app::Density::Dense));
    }

    void hintsAreQuieter()
    {
        set(u"flow"_s, Qt::DisplayRole);
        const QImage bare = painted(CellDelegate());
        set(u"v12"_s, app::HintTextRole);
        const QImage hinted = painted(CellDelegate());
        int left = 0;
        while (left < bare.width() && bare.copy(left, 0, 1, bare.height()) == hinted.copy(left, 0, 1, bare.height()))
            ++left;
        QVERIFY(left < bare.width()); // it is said, and after the text
        QVERIFY(nearly(hinted.copy(left, 0, 60, bare.height()), app::hintColor(m_option.palette)));
        QVERIFY(!nearly(hinted.copy(left, 0, 60, bare.height()), m_option.palette.color(QPalette::Text), 12));
    }

private:
    void set(const QVariant &value, int role) { m_model->setData(index(), value, role); }
    QModelIndex index() const { return m_model->index(0, 0); }

    QImage painted(const CellDelegate &delegate) const
    {
        QImage image(m_option.rect.size(), QImage::Format_RGB32);
        image.fill(m_option.palette.color(QPalette::Base));
        QPainter painter(&image);
        delegate.paint(&painter, m_option, index());
        return image;
    }

    bool click(app::IdDelegate &delegate, QPoint position)
    {
        QMouseEvent release(QEvent::MouseButtonRelease, position, position, Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
        return delegate.editorEvent(&release, m_model.get(), m_option, index());
    }

    static bool has(const QImage &image, const QColor &color) { return nearly(image, color, 12); }

    static bool nearly(const QImage &image, const QColor &color, int off = 30)
    {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (std::abs(pixel.red() - color.red()) <= off && std::abs(pixel.green() - color.green()) <= off && std::abs(pixel.blue() - color.blue()) <= off)
                    return true;
            }
        }
        return false;
    }

    int barLength(const QImage &image) const
    {
        const QColor color = app::mixed(app::familyColor(StatusFamily::Good, m_option.palette), m_option.palette.color(QPalette::Base), 0.55);
        int length = 0;
        for (int x = 0; x < image.width(); ++x)
            length += image.pixelColor(x, image.height() / 2).rgb() == color.rgb();
        return length;
    }

    std::unique_ptr<QStandardItemModel> m_model;
    QStyleOptionViewItem m_option;
};

QTEST_MAIN(TestCellDelegate)
#include "tst_celldelegate.moc"
