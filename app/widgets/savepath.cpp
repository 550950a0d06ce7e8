#include "app/widgets/savepath.h"

#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>

using conductor::Error;
using conductor::Failure;
using conductor::Result;

namespace app {

conductor::Reply<QString> askSavePath(QWidget *parent, SaveQuestion question)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    auto *dialog = new QFileDialog(parent, question.title, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave); // asks before it replaces a file
    dialog->selectFile(question.name);
    QObject::connect(dialog, &QFileDialog::finished, dialog, [dialog, promise](int result) {
        const QString path = result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString();
        if (path.isEmpty())
            promise->addResult(Failure({Error::Kind::Cancelled, QStringLiteral("Cancelled")}));
        else
            promise->addResult(path);
        promise->finish();
    });
    dialog->open();
    return promise->future();
}

} // namespace app
